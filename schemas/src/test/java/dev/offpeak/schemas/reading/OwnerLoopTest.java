package dev.offpeak.schemas.reading;

import static org.assertj.core.api.Assertions.assertThat;

import dev.offpeak.testkit.time.MutableClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class OwnerLoopTest {

  private static final TopicPartition PARTITION = new TopicPartition("llm.batches", 0);
  private static final Duration REVOKED = Duration.ofSeconds(30);
  private static final Duration LOST = Duration.ZERO;

  private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("earliest");
  private final MutableClock clock = MutableClock.at("2026-11-24T12:00:00Z");
  private final List<WorkingOwner> made = new ArrayList<>();
  private final List<Throwable> failures = new ArrayList<>();
  private boolean saysWhereToBegin;
  private boolean wantsMore = true;
  private int lost;
  private final OwnerLoop<WorkingOwner> loop =
      new OwnerLoop<>(
          consumer,
          PARTITION.topic(),
          (_, ownership) -> {
            WorkingOwner owner = new WorkingOwner(ownership);
            made.add(owner);
            return owner;
          },
          new OwnerLoop.Handover(REVOKED, LOST),
          clock,
          new OwnerLoop.Watcher() {
            @Override
            public void ownershipLost() {
              lost++;
            }
          },
          failures::add);

  @Test
  void anOwnerThatKnowsWhereToBeginIsBroughtNothingBefore() {
    saysWhereToBegin = true;
    assigned();
    nextTurn(() -> {});
    nextTurn(() -> only().ownership.goOnFrom(3));
    nextTurn(() -> {});

    run();

    assertThat(only().taken).containsExactly(3L, 4L);
  }

  @Test
  void anOwnerThatHasEnoughIsBroughtMoreWhenItWants() {
    wantsMore = false;
    assigned();
    nextTurn(() -> assertThat(consumer.paused()).containsExactly(PARTITION));
    nextTurn(() -> wantsMore = true);
    nextTurn(() -> assertThat(consumer.paused()).isEmpty());

    run();

    assertThat(failures).isEmpty();
  }

  @Test
  void whoHasLostThePartitionIsStoppedAtOnceAndFollowedByAnotherIfTheGroupSaysItIsOurs() {
    assigned();
    nextTurn(() -> only().ownership.lost());
    nextTurn(() -> assertThat(made).hasSize(1));
    nextTurn(() -> clock.advance(Duration.ofSeconds(1)));
    nextTurn(() -> assertThat(made).hasSize(2));

    run();

    assertThat(failures).isEmpty();
    assertThat(lost).isEqualTo(1);
    assertThat(made).extracting(owner -> owner.stopped).containsExactly(LOST, REVOKED);
  }

  @Test
  void whatIsDoneIsCommittedAndOwnersAreStoppedAtTheEnd() {
    assigned();
    nextTurn(() -> only().done = OptionalLong.of(4));
    nextTurn(() -> clock.advance(Duration.ofSeconds(6)));
    nextTurn(
        () ->
            assertThat(consumer.committed(Set.of(PARTITION)).get(PARTITION).offset()).isEqualTo(4));

    run();

    assertThat(failures).isEmpty();
    assertThat(only().stopped).isEqualTo(REVOKED);
    assertThat(loop.owners()).isEmpty();
    assertThat(consumer.closed()).isTrue();
  }

  private WorkingOwner only() {
    assertThat(made).hasSize(1);
    return made.getFirst();
  }

  private void assigned() {
    nextTurn(
        () -> {
          consumer.updateBeginningOffsets(Map.of(PARTITION, 0L));
          consumer.updateEndOffsets(Map.of(PARTITION, 5L));
          consumer.rebalance(List.of(PARTITION));
          for (int offset = 0; offset < 5; offset++) {
            consumer.addRecord(
                new ConsumerRecord<>(PARTITION.topic(), 0, offset, new byte[0], new byte[0]));
          }
        });
  }

  private void nextTurn(Runnable task) {
    consumer.schedulePollTask(task);
  }

  private void run() {
    nextTurn(loop::stop);
    loop.run();
  }

  /** Notes what it is told. */
  private final class WorkingOwner implements Owner {

    private final Ownership ownership;
    private final List<Long> taken = new ArrayList<>();
    private volatile Duration stopped = Duration.ofSeconds(-1);
    private OptionalLong done = OptionalLong.empty();

    WorkingOwner(Ownership ownership) {
      this.ownership = ownership;
    }

    @Override
    public void start() {}

    @Override
    public boolean saysWhereToBegin() {
      return saysWhereToBegin;
    }

    @Override
    public void take(List<ConsumerRecord<byte[], byte[]>> records) {
      records.forEach(record -> taken.add(record.offset()));
    }

    @Override
    public boolean wantsMore() {
      return wantsMore;
    }

    @Override
    public OptionalLong done() {
      return done;
    }

    @Override
    public void stop(Duration patience) {
      stopped = patience;
    }
  }
}
