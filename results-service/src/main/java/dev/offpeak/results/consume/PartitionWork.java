package dev.offpeak.results.consume;

import java.util.List;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** Works off the records of one partition on a thread of its own. Safe from any thread. */
public interface PartitionWork {

  /** Makes the work of a partition that was assigned. */
  @FunctionalInterface
  interface Factory {

    /**
     * Work that has not started.
     *
     * @param group the latest membership of this consumer
     */
    PartitionWork of(TopicPartition partition, Supplier<ConsumerGroupMetadata> group);
  }

  /** Begins. */
  void start();

  /** Gives it more records, all behind those before. */
  void take(List<ConsumerRecord<byte[], byte[]>> records);

  /** Whether it has begun all that it was given. */
  boolean wantsMore();

  /** Asks it to stop soon. */
  void stop();

  /** Waits until it has stopped. */
  void await();
}
