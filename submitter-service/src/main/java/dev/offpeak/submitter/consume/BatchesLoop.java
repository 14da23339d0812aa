package dev.offpeak.submitter.consume;

import dev.offpeak.runtime.failpoint.Halt;
import dev.offpeak.submitter.failpoint.Failpoint;
import dev.offpeak.submitter.metric.SubmitterMeters;
import dev.offpeak.submitter.partition.PartitionOwner;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Polls llm.batches and gives each assigned partition an owner. Committed offsets only show the
 * lag: where to go on is what llm.jobs says.
 */
public final class BatchesLoop implements Runnable {

  private static final Logger LOGGER = LoggerFactory.getLogger(BatchesLoop.class);
  private static final Duration POLL = Duration.ofMillis(100);
  private static final Duration BETWEEN_COMMITS = Duration.ofSeconds(5);
  private static final Duration BEFORE_RETAKING = Duration.ofSeconds(1);

  private final org.apache.kafka.clients.consumer.Consumer<byte[], byte[]> consumer;
  private final String topic;
  private final OwnerFactory factory;
  private final Duration handover;
  private final Clock clock;
  private final SubmitterMeters meters;
  private final Halt<Failpoint> halt;
  private final Consumer<Throwable> onFailure;
  private final Map<TopicPartition, PartitionOwner> owners = new ConcurrentHashMap<>();
  private final Map<TopicPartition, Instant> toRetake = new HashMap<>();
  private final Queue<Runnable> notices = new ConcurrentLinkedQueue<>();
  private Map<TopicPartition, OffsetAndMetadata> committed = Map.of();
  private Instant lastCommit = Instant.EPOCH;
  private volatile boolean stopped;

  /**
   * Polls with that consumer of the group.
   *
   * @param handover how long calls under way may take when a partition is given up
   */
  public BatchesLoop(
      org.apache.kafka.clients.consumer.Consumer<byte[], byte[]> consumer,
      String topic,
      OwnerFactory factory,
      Duration handover,
      Clock clock,
      SubmitterMeters meters,
      Halt<Failpoint> halt,
      Consumer<Throwable> onFailure) {
    this.consumer = consumer;
    this.topic = topic;
    this.factory = factory;
    this.handover = handover;
    this.clock = clock;
    this.meters = meters;
    this.halt = halt;
    this.onFailure = onFailure;
  }

  /** Polls until {@link #stop}; then gives its partitions up and leaves the group. */
  @Override
  public void run() {
    try (consumer) {
      try {
        consumer.subscribe(List.of(topic), new Rebalance());
        while (!stopped) {
          turn();
        }
      } catch (WakeupException e) {
        LOGGER.atDebug().log("woken up to stop");
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      } catch (RuntimeException e) {
        onFailure.accept(e);
      } finally {
        giveUp(List.copyOf(owners.keySet()), handover);
      }
    }
  }

  private void turn() throws InterruptedException {
    ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
    for (TopicPartition partition : records.partitions()) {
      PartitionOwner owner = owners.get(partition);
      if (owner != null) {
        owner.take(records.records(partition));
      }
    }
    for (Runnable notice = notices.poll(); notice != null; notice = notices.poll()) {
      notice.run();
    }
    owners.forEach(this::pace);
    retake();
    if (clock.instant().isAfter(lastCommit.plus(BETWEEN_COMMITS))) {
      lastCommit = clock.instant();
      commit(positions());
    }
  }

  private void commit(Map<TopicPartition, OffsetAndMetadata> positions)
      throws InterruptedException {
    if (positions.equals(committed)) {
      return;
    }
    halt.reached(Failpoint.BEFORE_OFFSET_COMMIT);
    consumer.commitAsync(positions, this::committed);
  }

  private void committed(
      Map<TopicPartition, OffsetAndMetadata> positions, @Nullable Exception failure) {
    if (failure != null) {
      return;
    }
    committed = positions;
    try {
      halt.reached(Failpoint.AFTER_OFFSET_COMMIT);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void pace(TopicPartition partition, PartitionOwner owner) {
    if (!owner.isReady() || owner.isBusy()) {
      consumer.pause(List.of(partition));
    } else {
      consumer.resume(List.of(partition));
    }
  }

  private Map<TopicPartition, OffsetAndMetadata> positions() {
    Map<TopicPartition, OffsetAndMetadata> all = new HashMap<>();
    owners.forEach(
        (partition, owner) -> {
          if (owner.isReady()) {
            all.put(partition, new OffsetAndMetadata(owner.next()));
          }
        });
    return all;
  }

  private void take(TopicPartition partition) {
    PartitionOwner[] self = new PartitionOwner[1];
    PartitionOwner owner =
        factory.create(
            partition.partition(),
            offset -> notices.add(() -> ready(partition, self[0], offset)),
            () -> notices.add(() -> lost(partition, self[0])));
    self[0] = owner;
    owners.put(partition, owner);
    consumer.pause(List.of(partition));
    owner.start();
  }

  private void ready(TopicPartition partition, PartitionOwner owner, long offset) {
    if (owners.get(partition) == owner) {
      consumer.seek(partition, offset);
      consumer.resume(List.of(partition));
    }
  }

  /** The partition may be somebody else's by now, of which the group has not told us yet. */
  private void lost(TopicPartition partition, PartitionOwner owner) {
    if (owners.remove(partition, owner)) {
      meters.ownershipLost();
      LOGGER.atWarn().addKeyValue("partition", partition).log("ownership lost");
      consumer.pause(List.of(partition));
      owner.stop(Duration.ZERO);
      toRetake.put(partition, clock.instant().plus(BEFORE_RETAKING));
    }
  }

  private void retake() {
    toRetake.keySet().retainAll(consumer.assignment());
    for (TopicPartition partition : List.copyOf(toRetake.keySet())) {
      Instant due = toRetake.get(partition);
      if (due != null && !clock.instant().isBefore(due) && isMine(partition)) {
        toRetake.remove(partition);
        take(partition);
      }
    }
  }

  /** Only a member of the group's present generation may commit. */
  private boolean isMine(TopicPartition partition) {
    try {
      consumer.commitSync(Map.of(partition, new OffsetAndMetadata(consumer.position(partition))));
      committed = Map.of();
      return true;
    } catch (CommitFailedException | RebalanceInProgressException | TimeoutException e) {
      toRetake.put(partition, clock.instant().plus(BEFORE_RETAKING));
      return false;
    }
  }

  private void giveUp(Collection<TopicPartition> partitions, Duration patience) {
    List<PartitionOwner> leaving =
        partitions.stream().map(owners::remove).filter(owner -> owner != null).toList();
    List<Thread> stopping =
        leaving.stream()
            .map(owner -> Thread.ofVirtual().start(() -> owner.stop(patience)))
            .toList();
    try {
      for (Thread each : stopping) {
        each.join();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The owners of the partitions that are assigned now; for any thread. */
  public Collection<PartitionOwner> owners() {
    return List.copyOf(owners.values());
  }

  /** Whether the partition is this instance's. */
  public boolean owns(int partition) {
    return owners.containsKey(new TopicPartition(topic, partition));
  }

  /** Ends {@link #run} soon. */
  public void stop() {
    stopped = true;
    consumer.wakeup();
  }

  private final class Rebalance implements ConsumerRebalanceListener {

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
      partitions.forEach(BatchesLoop.this::take);
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
      Map<TopicPartition, OffsetAndMetadata> positions = positions();
      positions.keySet().retainAll(partitions);
      giveUp(partitions, handover);
      try {
        consumer.commitSync(positions);
      } catch (KafkaException e) {
        LOGGER.atDebug().setCause(e).log("positions not committed");
      }
    }

    @Override
    public void onPartitionsLost(Collection<TopicPartition> partitions) {
      giveUp(partitions, Duration.ZERO);
    }
  }
}
