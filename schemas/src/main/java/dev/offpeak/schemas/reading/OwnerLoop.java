package dev.offpeak.schemas.reading;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
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
 * A member of a consumer group that gives each partition which it is assigned an owner. Polling,
 * and with it the membership, goes on whatever the owners do; a partition whose owner has enough is
 * paused.
 *
 * @param <O> the owners
 */
public final class OwnerLoop<O extends Owner> implements Runnable {

  private static final Logger LOGGER = LoggerFactory.getLogger(OwnerLoop.class);
  private static final Duration POLL = Duration.ofMillis(100);
  private static final Duration BETWEEN_COMMITS = Duration.ofSeconds(5);
  private static final Duration BEFORE_RETAKING = Duration.ofSeconds(1);

  private final org.apache.kafka.clients.consumer.Consumer<byte[], byte[]> consumer;
  private final String topic;
  private final Factory<O> factory;
  private final Handover handover;
  private final Clock clock;
  private final Watcher watcher;
  private final Consumer<Throwable> onFailure;
  private final Map<TopicPartition, O> owners = new ConcurrentHashMap<>();
  private final Set<TopicPartition> opening = new HashSet<>();
  private final Map<TopicPartition, Instant> toRetake = new HashMap<>();
  private final Queue<Runnable> notices = new ConcurrentLinkedQueue<>();
  private Map<TopicPartition, OffsetAndMetadata> committed = Map.of();
  private Instant lastCommit = Instant.EPOCH;
  private volatile boolean stopped;
  private volatile boolean joined;
  private volatile ConsumerGroupMetadata membership;

  /** Makes the owners of partitions. */
  @FunctionalInterface
  public interface Factory<O extends Owner> {

    /** The owner of that partition, not started. */
    O create(TopicPartition partition, Ownership ownership);
  }

  /**
   * How long an owner may take to stop.
   *
   * @param revoked when the partition is ours until it has
   * @param lost when it may be somebody else's by now
   */
  public record Handover(Duration revoked, Duration lost) {}

  /** Told of what the loop does; each does nothing by itself. */
  public interface Watcher {

    /** An owner has found out that the partition is not its own. */
    default void ownershipLost() {}

    /** Offsets are about to be committed. */
    default void committing() throws InterruptedException {}

    /** Offsets were committed. */
    default void committed() throws InterruptedException {}
  }

  /**
   * A loop that has not begun.
   *
   * @param consumer a member of the group that is subscribed to nothing; closed by the loop
   * @param onFailure told when the loop can't go on
   */
  public OwnerLoop(
      org.apache.kafka.clients.consumer.Consumer<byte[], byte[]> consumer,
      String topic,
      Factory<O> factory,
      Handover handover,
      Clock clock,
      Watcher watcher,
      Consumer<Throwable> onFailure) {
    this.consumer = consumer;
    this.topic = topic;
    this.factory = factory;
    this.handover = handover;
    this.clock = clock;
    this.watcher = watcher;
    this.onFailure = onFailure;
    this.membership = consumer.groupMetadata();
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
      } catch (Throwable e) {
        onFailure.accept(e);
      } finally {
        giveUp(List.copyOf(owners.keySet()), handover.revoked());
      }
    }
  }

  private void turn() throws InterruptedException {
    ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
    membership = consumer.groupMetadata();
    for (TopicPartition partition : records.partitions()) {
      O owner = owners.get(partition);
      if (owner != null) {
        owner.take(records.records(partition));
      } else if (!toRetake.containsKey(partition)) {
        throw new IllegalStateException(partition + " is assigned to us and has no owner");
      }
    }
    for (Runnable notice = notices.poll(); notice != null; notice = notices.poll()) {
      notice.run();
    }
    pace();
    retake();
    if (clock.instant().isAfter(lastCommit.plus(BETWEEN_COMMITS))) {
      lastCommit = clock.instant();
      commit(positions());
    }
  }

  private void pace() {
    Set<TopicPartition> paused = consumer.paused();
    owners.forEach(
        (partition, owner) -> {
          boolean wanted = !opening.contains(partition) && owner.wantsMore();
          if (wanted && paused.contains(partition)) {
            consumer.resume(List.of(partition));
          } else if (!wanted && !paused.contains(partition)) {
            consumer.pause(List.of(partition));
          }
        });
  }

  private void commit(Map<TopicPartition, OffsetAndMetadata> positions)
      throws InterruptedException {
    if (positions.equals(committed)) {
      return;
    }
    watcher.committing();
    consumer.commitAsync(positions, this::committed);
  }

  private void committed(
      Map<TopicPartition, OffsetAndMetadata> positions, @Nullable Exception failure) {
    if (failure != null) {
      return;
    }
    committed = positions;
    try {
      watcher.committed();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Map<TopicPartition, OffsetAndMetadata> positions() {
    Map<TopicPartition, OffsetAndMetadata> all = new HashMap<>();
    owners.forEach(
        (partition, owner) ->
            owner.done().ifPresent(done -> all.put(partition, new OffsetAndMetadata(done))));
    return all;
  }

  private void take(TopicPartition partition) {
    Tie tie = new Tie(partition);
    O owner = factory.create(partition, tie);
    tie.owner = owner;
    owners.put(partition, owner);
    if (owner.saysWhereToBegin()) {
      opening.add(partition);
      consumer.pause(List.of(partition));
    }
    owner.start();
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
    opening.removeAll(partitions);
    List<Thread> stopping =
        partitions.stream()
            .map(owners::remove)
            .filter(Objects::nonNull)
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
  public Collection<O> owners() {
    return List.copyOf(owners.values());
  }

  /** Whether the partition is this instance's. Safe from any thread. */
  public boolean owns(int partition) {
    return owners.containsKey(new TopicPartition(topic, partition));
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

  /** What ties an owner to its partition. What it says is heard by the loop's own thread. */
  private final class Tie implements Ownership {

    private final TopicPartition partition;
    private volatile @Nullable O owner;

    Tie(TopicPartition partition) {
      this.partition = partition;
    }

    @Override
    public void goOnFrom(long offset) {
      notices.add(() -> begin(offset));
    }

    private void begin(long offset) {
      if (Objects.equals(owners.get(partition), owner)) {
        consumer.seek(partition, offset);
        opening.remove(partition);
      }
    }

    @Override
    public void lost() {
      notices.add(this::leave);
    }

    private void leave() {
      O leaving = owner;
      if (leaving != null && owners.remove(partition, leaving)) {
        opening.remove(partition);
        watcher.ownershipLost();
        LOGGER.atWarn().addKeyValue("partition", partition).log("ownership lost");
        consumer.pause(List.of(partition));
        leaving.stop(handover.lost());
        toRetake.put(partition, clock.instant().plus(BEFORE_RETAKING));
      }
    }

    @Override
    public ConsumerGroupMetadata membership() {
      return membership;
    }
  }

  private final class Rebalance implements ConsumerRebalanceListener {

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
      joined = true;
      partitions.forEach(OwnerLoop.this::take);
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
      Map<TopicPartition, OffsetAndMetadata> positions = positions();
      positions.keySet().retainAll(partitions);
      giveUp(partitions, handover.revoked());
      if (positions.isEmpty()) {
        return;
      }
      try {
        consumer.commitSync(positions);
      } catch (KafkaException e) {
        LOGGER.atDebug().setCause(e).log("positions not committed");
      }
    }

    @Override
    public void onPartitionsLost(Collection<TopicPartition> partitions) {
      joined = false;
      giveUp(partitions, handover.lost());
    }
  }
}
