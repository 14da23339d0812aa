package dev.offpeak.ingest.batches;

import dev.offpeak.ingest.objects.Batches;
import dev.offpeak.ingest.objects.ObjectStore;
import dev.offpeak.schemas.avro.GatewayBatch;
import dev.offpeak.schemas.avro.GatewayObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/**
 * The steps of batches, those of one turn in one transaction. What was written is known here before
 * the view has read it.
 */
final class Steps {

  private final ObjectStore objects;
  private final Producer<byte[], byte[]> producer;
  private final Map<String, GatewayObject> written = new HashMap<>();
  private final List<ProducerRecord<byte[], byte[]>> pending = new ArrayList<>();

  /**
   * @param producer of transactions, initialised
   */
  Steps(ObjectStore objects, Producer<byte[], byte[]> producer) {
    this.objects = objects;
    this.producer = producer;
  }

  /** A batch as it stands. */
  GatewayObject latest(GatewayObject known) {
    return written.getOrDefault(known.getId(), known);
  }

  /** What the view does not know to be open any more needs no younger word of ours. */
  void forgetOver(List<GatewayObject> open) {
    Set<String> known = open.stream().map(GatewayObject::getId).collect(Collectors.toSet());
    written
        .values()
        .removeIf(
            each ->
                each.getObject() instanceof GatewayBatch batch
                    && Batches.isOver(batch)
                    && !known.contains(each.getId()));
  }

  /** Adds a step, with objects that are there with it or not at all. */
  void add(GatewayObject object, GatewayBatch.Builder batch, @Nullable GatewayObject... besides) {
    GatewayObject after = with(object, batch);
    for (GatewayObject each : besides) {
      if (each != null) {
        pending.add(objects.record(each));
      }
    }
    pending.add(objects.record(after));
    written.put(object.getId(), after);
  }

  /** Feeds a chunk, and writes how far the feeding is with it. */
  void feed(GatewayObject object, GatewayBatch batch, BatchFeed feed) throws IOException {
    commit();
    GatewayObject[] after = new GatewayObject[1];
    feed.chunk(
        producer,
        (fed, bad) -> {
          after[0] = with(object, GatewayBatch.newBuilder(batch).setFed(fed).setBad(bad));
          return objects.record(after[0]);
        });
    if (after[0] == null) {
      throw new IOException("the input file has fewer lines than when it was checked");
    }
    written.put(object.getId(), after[0]);
  }

  /** Commits what was added. */
  void commit() {
    if (pending.isEmpty()) {
      return;
    }
    producer.beginTransaction();
    pending.forEach(
        record -> {
          var _ = producer.send(record);
        });
    producer.commitTransaction();
    pending.clear();
  }

  private static GatewayObject with(GatewayObject object, GatewayBatch.Builder batch) {
    return GatewayObject.newBuilder(object).setObject(batch.build()).build();
  }
}
