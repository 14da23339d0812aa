package dev.offpeak.submitter.ledger;

import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** Reads partitions from their beginning to where they end when the reading begins. */
final class ToTheEnd {

  private static final Duration POLL = Duration.ofMillis(200);

  private ToTheEnd() {}

  /**
   * Reads all there is.
   *
   * @param consumer of no group, which sees committed records
   * @param visitor told of each record, those of a partition in order
   * @throws InterruptedException when told to stop
   */
  static void read(
      Consumer<byte[], byte[]> consumer,
      Collection<TopicPartition> partitions,
      java.util.function.Consumer<ConsumerRecord<byte[], byte[]>> visitor)
      throws InterruptedException {
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
    Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
    while (partitions.stream()
        .anyMatch(each -> consumer.position(each) < ends.getOrDefault(each, 0L))) {
      if (Thread.interrupted()) {
        throw new InterruptedException("told to stop while reading " + partitions);
      }
      consumer.poll(POLL).forEach(visitor);
    }
  }
}
