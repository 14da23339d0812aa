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
 * Polls a topic and hands the records of each partition to its work. Polling, and with it the
 * membership of the group, goes on whatever the threads do; a partition whose work is full is
 * paused.
 */
public final class PartitionsLoop implements Runnable {

  private static final Logger LOGGER = LoggerFactory.getLogger(PartitionsLoop.class);
  private static final Duration POLL = Duration.ofMillis(100);

  private final Consumer<byte[], byte[]> consumer;
  private final String topic;
  private final SessionTools with;
  private final PartitionWork.Factory workOf;
  private final Map<TopicPartition, PartitionThread> threads = new HashMap<>();
  private volatile boolean stopped;
  private volatile boolean joined;
  private volatile ConsumerGroupMetadata group;

  /**
   * A loop that has not begun.
   *
   * @param consumer a member of the group that is subscribed to nothing; closed by the loop
   */
  public PartitionsLoop(
      Consumer<byte[], byte[]> consumer,
      String topic,
      SessionTools with,
      PartitionWork.Factory workOf) {
    this.consumer = consumer;
    this.topic = topic;
    this.with = with;
    this.workOf = workOf;
    this.group = consumer.groupMetadata();
  }

  /** Polls until {@link #stop}; then stops the threads and leaves the group. */
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
      with.onFailure().accept(e);
    } finally {
      stopThreads(threads.keySet());
    }
  }

  private void poll() {
    ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
    group = consumer.groupMetadata();
    records.partitions().forEach(partition -> work(partition).take(records.records(partition)));
    Set<TopicPartition> paused = consumer.paused();
    threads.forEach(
        (partition, thread) -> {
          boolean wantsMore = thread.work().wantsMore();
          if (wantsMore && paused.contains(partition)) {
            consumer.resume(List.of(partition));
          } else if (!wantsMore && !paused.contains(partition)) {
            consumer.pause(List.of(partition));
          }
        });
  }

  private PartitionWork work(TopicPartition partition) {
    return Objects.requireNonNull(
            threads.get(partition), "an assigned partition always has a thread")
        .work();
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

  private void stopThreads(Collection<TopicPartition> partitions) {
    List<PartitionThread> leaving =
        List.copyOf(partitions).stream().map(threads::remove).filter(Objects::nonNull).toList();
    leaving.forEach(PartitionThread::stop);
    leaving.forEach(PartitionThread::await);
  }

  private final class Rebalance implements ConsumerRebalanceListener {

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
      joined = true;
      for (TopicPartition partition : partitions) {
        PartitionThread thread = new PartitionThread(partition, with, () -> group, workOf);
        threads.put(partition, thread);
        thread.start();
      }
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
      stopThreads(partitions);
    }

    @Override
    public void onPartitionsLost(Collection<TopicPartition> partitions) {
      joined = false;
      stopThreads(partitions);
    }
  }
}
