package dev.offpeak.ingest.batches;

import dev.offpeak.core.seal.Manifest;
import dev.offpeak.schemas.avro.AdmittedRequest;
import dev.offpeak.schemas.avro.ControlAction;
import dev.offpeak.schemas.avro.ControlRecord;
import dev.offpeak.schemas.avro.GatewayBatch;
import dev.offpeak.schemas.avro.GatewayObject;
import dev.offpeak.schemas.avro.GatewayOrigin;
import dev.offpeak.schemas.avro.SealedBatch;
import dev.offpeak.schemas.avro.SealedBecause;
import dev.offpeak.schemas.control.ControlWriter;
import dev.offpeak.schemas.reading.TopicTail;
import dev.offpeak.schemas.record.RecordFault;
import dev.offpeak.schemas.record.SealedManifest;
import dev.offpeak.schemas.request.OffpeakHeaders;
import dev.offpeak.schemas.serde.SerdeFactory;
import dev.offpeak.schemas.topic.Topics;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.Deserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Calls the lines of a batch back that were fed: those that wait are cancelled where they wait, and
 * a job that holds no line of anybody else is cancelled at its provider. For one thread at a time.
 */
final class Recall implements AutoCloseable {

  private static final Logger LOGGER = LoggerFactory.getLogger(Recall.class);
  private static final int MOST_ONE_BY_ONE = 10_000;
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final Means means;
  private final GatewayObject object;
  private final TopicTail tail;
  private final List<TopicPartition> lanes;
  private final List<TopicPartition> batches;
  private final Map<Integer, Long> laneBegins = new HashMap<>();
  private final Map<Integer, BitSet> own = new HashMap<>();
  private final List<SealedBatch> sealed = new ArrayList<>();

  /** Ids of lines that are no replay of their own, and are cancelled one by one. */
  private final List<String> met = new ArrayList<>();

  private boolean asked;

  /**
   * What it works with.
   *
   * @param tails makes readers of committed records
   */
  record Means(
      Topics topics,
      ControlWriter control,
      Deserializer<SealedBatch> manifests,
      Deserializer<AdmittedRequest> requests,
      Supplier<TopicTail> tails,
      OutcomeTail.Ends ends,
      Clock clock) {

    /** Those of that installation. */
    static Means of(
        Topics topics,
        SerdeFactory serdes,
        ControlWriter control,
        Supplier<TopicTail> tails,
        OutcomeTail.Ends ends,
        Clock clock) {
      return new Means(
          topics,
          control,
          serdes.deserializer(SealedBatch.class),
          serdes.deserializer(AdmittedRequest.class),
          tails,
          ends,
          clock);
    }
  }

  /** Of that batch; nothing has happened yet. */
  Recall(Means means, GatewayObject object) {
    this.means = means;
    this.object = object;
    this.tail = means.tails().get();
    this.lanes = tail.partitionsOf(means.topics().lanes().name());
    this.batches = tail.partitionsOf(means.topics().batches().name());
    Map<String, Long> from = ((GatewayBatch) object.getObject()).getOutcomesFrom();
    Map<TopicPartition, Long> begin = new HashMap<>();
    lanes.forEach(each -> begin.put(each, from.getOrDefault(each.toString(), 0L)));
    lanes.forEach(each -> laneBegins.put(each.partition(), begin.get(each)));
    batches.forEach(each -> begin.put(each, from.getOrDefault(each.toString(), 0L)));
    tail.beginAt(begin);
  }

  /**
   * Cancels what can be by now. Lines that were on their way to the batcher, and retries, may be
   * sealed later, so that it is to be called again until the batch is over.
   */
  synchronized void look() throws IOException, InterruptedException {
    if (!asked && !isOfLines()) {
      cancel(ControlRecord.newBuilder().setTenant(object.getTenant()).setReplayId(object.getId()));
    }
    asked = true;
    // Lanes are looked at later, so that the lines of each manifest are known by then.
    Map<TopicPartition, Long> ends = new HashMap<>(means.ends().of(batches));
    ends.putAll(means.ends().of(lanes));
    tail.readTo(ends, PATIENCE, this::take);
    for (String customId : List.copyOf(met)) {
      cancel(
          ControlRecord.newBuilder()
              .setTenant(object.getTenant())
              .setReplayId(replayId())
              .setCustomId(customId));
    }
    met.clear();
    List<SealedBatch> looked = List.copyOf(sealed);
    sealed.clear();
    for (SealedBatch each : looked) {
      if (isOwn(each)) {
        cancel(ControlRecord.newBuilder().setBatchId(each.getBatchId()));
        LOGGER
            .atInfo()
            .addKeyValue("batch", object.getId())
            .addKeyValue("job", each.getBatchId())
            .log("a job of a batch that ends is cancelled");
      }
    }
  }

  private boolean isOfLines() {
    return ((GatewayBatch) object.getObject()).getOrigin() == GatewayOrigin.LINES;
  }

  /** Lines without a file have the replay id that came with them, or none. */
  private String replayId() {
    return ((GatewayBatch) object.getObject())
        .getHeaders()
        .getOrDefault(OffpeakHeaders.REPLAY_ID, "");
  }

  private void take(ConsumerRecord<byte[], byte[]> record) {
    if (record.topic().equals(means.topics().batches().name())) {
      manifest(record);
      return;
    }
    LineKey key = LineKey.ofLane(record);
    Long begin = laneBegins.get(record.partition());
    if (key != null && begin != null && key.batch().equals(object.getId())) {
      own.computeIfAbsent(record.partition(), _ -> new BitSet())
          .set((int) (record.offset() - begin));
      if (isOfLines() && met.size() < MOST_ONE_BY_ONE) {
        met.add(means.requests().deserialize(record.topic(), record.value()).getCustomId());
      }
    }
  }

  private void manifest(ConsumerRecord<byte[], byte[]> record) {
    try {
      SealedBatch batch = means.manifests().deserialize(record.topic(), record.value());
      if (batch.getReason() != SealedBecause.CANCELLED) {
        sealed.add(batch);
      }
    } catch (RuntimeException e) {
      if (!RecordFault.isOnRecord(e)) {
        throw e;
      }
      LOGGER.atDebug().setCause(e).log("a manifest can't be read and is passed over");
    }
  }

  private boolean isOwn(SealedBatch batch) {
    Long begin = laneBegins.get(batch.getLanePartition());
    BitSet mine = own.get(batch.getLanePartition());
    if (begin == null || mine == null) {
      return false;
    }
    Manifest manifest = SealedManifest.of(batch);
    return manifest
        .offsets()
        .allMatch(offset -> offset >= begin && mine.get((int) (offset - begin)));
  }

  private void cancel(ControlRecord.Builder cancel) throws IOException, InterruptedException {
    try {
      means
          .control()
          .write(
              cancel.setAction(ControlAction.CANCEL).setIssuedAt(means.clock().instant()).build());
    } catch (ExecutionException e) {
      throw new IOException("llm.control can't be written", e.getCause());
    }
  }

  @Override
  public synchronized void close() {
    tail.close();
  }
}
