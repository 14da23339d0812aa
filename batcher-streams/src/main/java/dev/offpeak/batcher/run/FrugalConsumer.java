package dev.offpeak.batcher.run;

import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;

/**
 * A consumer whose polls are bounded in bytes as they are after decompression. Kafka bounds what
 * comes over the network, and a few hundred kilobytes may unpack to gigabytes.
 */
final class FrugalConsumer extends KafkaConsumer<byte[], byte[]> {

  private final PollBudget budget;

  /**
   * Connects.
   *
   * @param pollBytes that a poll may bring, besides one record
   * @param recordBytes of a record that is brought whole
   */
  static FrugalConsumer of(Map<String, Object> properties, long pollBytes, int recordBytes) {
    return new FrugalConsumer(properties, new PollBudget(pollBytes), recordBytes);
  }

  private FrugalConsumer(Map<String, Object> properties, PollBudget budget, int recordBytes) {
    super(
        properties,
        new FrugalDeserializer(budget, recordBytes),
        new FrugalDeserializer(budget, recordBytes));
    this.budget = budget;
  }

  @Override
  public ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
    budget.begin();
    return super.poll(timeout);
  }
}
