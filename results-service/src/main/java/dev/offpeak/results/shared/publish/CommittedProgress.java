package dev.offpeak.results.shared.publish;

import org.apache.kafka.common.TopicPartition;

/** Where the progress of a partition is kept. */
@FunctionalInterface
public interface CommittedProgress {

  /**
   * How far the jobs of that partition are published, read after older owners were fenced out.
   * Waits for transactions that are being decided, so that the answer is final.
   *
   * @throws org.apache.kafka.common.KafkaException when the cluster does not answer
   */
  Progress read(TopicPartition partition) throws InterruptedException;
}
