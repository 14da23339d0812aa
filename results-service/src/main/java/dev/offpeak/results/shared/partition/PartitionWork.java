package dev.offpeak.results.shared.partition;

import dev.offpeak.core.wait.StopSignal;
import dev.offpeak.results.shared.publish.PublishSession;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** What is done with the records of one partition, on the thread of a {@link PartitionThread}. */
public interface PartitionWork {

  /** Makes the work of a partition that was assigned. */
  @FunctionalInterface
  interface Factory {

    /**
     * Work that has not begun.
     *
     * @param stop tells it to stop
     */
    PartitionWork of(TopicPartition partition, StopSignal stop);
  }

  /** Takes more records, all behind those before. Safe from any thread. */
  void take(List<ConsumerRecord<byte[], byte[]>> records);

  /** Whether it has begun all that it was given. Safe from any thread. */
  boolean wantsMore();

  /** Waits for news, records among them, and takes them in. */
  void receive() throws InterruptedException;

  /** Works in that session until nothing is in hand. */
  void serve(PublishSession session) throws InterruptedException;

  /** Gives up what is in hand; nothing is called after it. */
  void drop();
}
