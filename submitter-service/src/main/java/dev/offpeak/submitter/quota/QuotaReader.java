package dev.offpeak.submitter.quota;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.offpeak.schemas.avro.QuotaRecord;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.Deserializer;

/** Reads a partition of llm.quotas from its beginning to its end. */
public final class QuotaReader {

  private static final Duration POLL = Duration.ofMillis(200);

  private final Consumer<byte[], byte[]> consumer;
  private final Deserializer<QuotaRecord> values;
  private final TopicPartition partition;

  /** Reads with a consumer of no group that sees committed records. */
  public QuotaReader(
      Consumer<byte[], byte[]> consumer,
      Deserializer<QuotaRecord> values,
      TopicPartition partition) {
    this.consumer = consumer;
    this.values = values;
    this.partition = partition;
  }

  /**
   * The last record of each scope.
   *
   * @throws InterruptedException when told to stop
   */
  public List<KnownQuota> read() throws InterruptedException {
    Map<String, KnownQuota> byScope = new HashMap<>();
    consumer.assign(List.of(partition));
    consumer.seekToBeginning(List.of(partition));
    long end = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
    while (consumer.position(partition) < end) {
      if (Thread.interrupted()) {
        throw new InterruptedException("told to stop while reading " + partition);
      }
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
        byScope.put(
            new String(record.key(), UTF_8),
            QuotaRecords.read(values.deserialize(record.topic(), record.value())));
      }
    }
    return List.copyOf(byScope.values());
  }
}
