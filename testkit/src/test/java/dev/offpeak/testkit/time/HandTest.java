package dev.offpeak.testkit.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class HandTest {

  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Duration DAY = Duration.ofDays(1);

  private final MutableClock clock = new MutableClock(START);

  @Test
  void daysPassForWhoeverWaits() throws Exception {
    try (var _ = new Hand(clock, SECOND, Duration.ofHours(12), List.of(), () -> {})) {
      new WaitingSleeper(clock).sleep(Duration.ofDays(2));
    }

    assertThat(clock.instant()).isAfterOrEqualTo(START.plus(Duration.ofDays(2)));
  }

  @Test
  void itIsMovedToTheNextTimeThatSomebodyWaitsFor() {
    List<Instant> times = new CopyOnWriteArrayList<>();
    Thread waiter = Thread.ofVirtual().start(this::waitForSevenSeconds);
    await().untilAsserted(() -> assertThat(clock.nextAwaited()).isEqualTo(START.plusSeconds(7)));

    try (var _ = new Hand(clock, SECOND, MINUTE, List.of(), () -> times.add(clock.instant()))) {
      await().untilAsserted(() -> assertThat(times).isNotEmpty());
    }

    assertThat(times.getFirst()).isEqualTo(START.plusSeconds(7));
    waiter.interrupt();
  }

  private void waitForSevenSeconds() {
    try {
      new WaitingSleeper(clock).sleep(Duration.ofSeconds(7));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void timeStandsStillWhileSomebodyHoldsIt() {
    AtomicLong looks = new AtomicLong();
    Hand.Sign looked =
        () -> {
          looks.incrementAndGet();
          return 0;
        };
    try (var hand = new Hand(clock, SECOND, MINUTE, List.of(looked), () -> {})) {
      Hand.Hold hold = hand.hold();
      long before = looks.get();
      // A move that had begun is over with the next look.
      await().untilAsserted(() -> assertThat(looks.get()).isGreaterThan(before + 2));
      Instant held = clock.instant();
      await().untilAsserted(() -> assertThat(looks.get()).isGreaterThan(before + 20));
      assertThat(clock.instant()).isEqualTo(held);

      hold.close();

      await().untilAsserted(() -> assertThat(clock.instant()).isAfter(held));
    }
  }

  @Test
  void timeStandsStillWhileThereIsWork() {
    AtomicLong work = new AtomicLong();
    AtomicLong looks = new AtomicLong();
    Hand.Sign busy =
        () -> {
          looks.incrementAndGet();
          return work.incrementAndGet();
        };
    try (var _ = new Hand(clock, SECOND, MINUTE, List.of(busy), () -> {})) {
      await().untilAsserted(() -> assertThat(looks.get()).isGreaterThan(20));
    }

    assertThat(clock.instant()).isEqualTo(START);
  }

  @Test
  void itSaysThatTimeHasStoodStillForTooLong() {
    try (var hand = new Hand(clock, SECOND, MINUTE, List.of(), () -> {})) {
      hand.check(DAY);
      try (var _ = hand.hold()) {
        assertThatThrownBy(() -> hand.check(Duration.ZERO))
            .isInstanceOf(IllegalStateException.class)
            .hasMessageContaining("1 hold it");
      }
    }
  }

  @Test
  void itSaysWhyItMovesNoMore() {
    Hand.Sign broken =
        () -> {
          throw new IOException("no answer");
        };
    try (var hand = new Hand(clock, SECOND, MINUTE, List.of(broken), () -> {})) {
      await()
          .untilAsserted(
              () ->
                  assertThatThrownBy(() -> hand.check(DAY))
                      .isInstanceOf(IllegalStateException.class)
                      .hasRootCauseMessage("no answer"));
    }
  }
}
