package dev.offpeak.results.consume;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Polls a topic and hands the records of each partition to its worker. Polling, and with it the
 * membership of the group, goes on whatever the workers do; a partition whose worker is full is
 * paused.
 */
public final class PartitionsLoop implements Runnable {

  private static final Logger LOGGER = LoggerFactory.getLogger(PartitionsLoop.class);
  private static final Duration POLL = Duration.ofMillis(100);

  private final Consumer<byte[], byte[]> consumer;
  private final String topic;
  private final PartitionWork.Factory workerOf;
  private final java.util.function.Consumer<Throwable> onFailure;
  private final Map<TopicPartition, PartitionWork> workers = new HashMap<>();
  private volatile boolean stopped;
  private volatile boolean joined;
  private volatile ConsumerGroupMetadata group;

  /**
   * A loop that has not begun.
   *
   * @param consumer a member of the group that is subscribed to nothing; closed by the loop
   * @param onFailure told when the loop can't go on
   */
  public PartitionsLoop(
      Consumer<byte[], byte[]> consumer,
      String topic,
      PartitionWork.Factory workerOf,
      java.util.function.Consumer<Throwable> onFailure) {
    this.consumer = consumer;
    this.topic = topic;
    this.workerOf = workerOf;
    this.onFailure = onFailure;
    this.group = consumer.groupMetadata();
  }

  /** Polls until {@link #stop}; then stops the workers and leaves the group. */
  @Override
  public void run() {
    try (consumer) {
      consumer.subscribe(List.of(topic), new Rebalance());
      while (!stopped) {
        poll();
      }
    } catch (WakeupException e) {
      LOGGER.atDebug().log("woken up to stop");
    } catch (Throwable e) {
      onFailure.accept(e);
    } finally {
      stopWorkers(workers.keySet());
    }
  }

  private void poll() {
    ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
    group = consumer.groupMetadata();
    records.partitions().forEach(partition -> worker(partition).take(records.records(partition)));
    Set<TopicPartition> paused = consumer.paused();
    workers.forEach(
        (partition, worker) -> {
          boolean wantsMore = worker.wantsMore();
          if (wantsMore && paused.contains(partition)) {
            consumer.resume(List.of(partition));
          } else if (!wantsMore && !paused.contains(partition)) {
            consumer.pause(List.of(partition));
          }
        });
  }

  private PartitionWork worker(TopicPartition partition) {
    return Objects.requireNonNull(
        workers.get(partition), "an assigned partition always has a worker");
  }

  /** Whether the group has given this member its share of the partitions, which may be none. */
  public boolean isMember() {
    return joined;
  }

  /** Ends {@link #run} soon. Safe from any thread. */
  public void stop() {
    stopped = true;
    consumer.wakeup();
  }

  /** Closes what {@link #run} would close, when it is never called. */
  public void abandon() {
    consumer.close();
  }

  private void stopWorkers(Collection<TopicPartition> partitions) {
    List<PartitionWork> leaving =
        List.copyOf(partitions).stream().map(workers::remove).filter(Objects::nonNull).toList();
    leaving.forEach(PartitionWork::stop);
    leaving.forEach(PartitionWork::await);
  }

  private final class Rebalance implements ConsumerRebalanceListener {

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
      joined = true;
      for (TopicPartition partition : partitions) {
        PartitionWork worker = workerOf.of(partition, () -> group);
        workers.put(partition, worker);
        worker.start();
      }
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
      stopWorkers(partitions);
    }

    @Override
    public void onPartitionsLost(Collection<TopicPartition> partitions) {
      joined = false;
      stopWorkers(partitions);
    }
  }
}
