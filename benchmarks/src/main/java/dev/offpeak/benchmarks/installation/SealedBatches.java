package dev.offpeak.benchmarks.installation;

import dev.offpeak.benchmarks.load.Broker;
import dev.offpeak.benchmarks.load.TopicReader;
import dev.offpeak.schemas.avro.SealedBatch;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.serialization.Deserializer;

/** What the batcher of an installation has sealed. */
public final class SealedBatches {

  private final Broker broker;
  private final String topic;
  private final Deserializer<SealedBatch> values;

  /** Those of that installation. */
  public SealedBatches(Broker broker, Installation installation) {
    this.broker = broker;
    this.topic = installation.topics().batches().name();
    this.values = installation.serdes().deserializer(SealedBatch.class);
  }

  /** Returns the batches as soon as they hold that many requests. */
  public List<SealedBatch> await(int requests, RunningService batcher) throws Exception {
    List<SealedBatch> sealed = new ArrayList<>();
    try (TopicReader reader = new TopicReader(broker, topic)) {
      reader.read(
          record -> sealed.add(values.deserialize(topic, record.value())),
          () -> {
            batcher.failIfBroken();
            return sealed.stream().mapToInt(SealedBatch::getRequests).sum() >= requests;
          });
    }
    return sealed;
  }
}
