package dev.offpeak.results.shared.partition;

import dev.offpeak.core.wait.Retries;
import dev.offpeak.core.wait.Sleeper;
import dev.offpeak.results.shared.publish.CommittedProgress;
import dev.offpeak.results.shared.publish.Failpoint;
import dev.offpeak.results.shared.publish.PublishSession;
import dev.offpeak.runtime.failpoint.FailpointListener;
import dev.offpeak.schemas.reading.Ownership;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.TopicPartition;

/**
 * What the threads of all partitions of a topic work with.
 *
 * @param producers a new transactional producer for that partition
 * @param retries how they wait for Kafka
 * @param onFailure told when one can't go on
 */
public record PartitionDependencies(
    IntFunction<Producer<byte[], byte[]>> producers,
    CommittedProgress committed,
    Retries retries,
    FailpointListener<Failpoint> halt,
    Sleeper sleeper,
    Consumer<Throwable> onFailure) {

  PublishSession open(TopicPartition partition, Ownership ownership) throws InterruptedException {
    return PublishSession.open(
        producers.apply(partition.partition()), committed, partition, ownership::membership, halt);
  }
}
