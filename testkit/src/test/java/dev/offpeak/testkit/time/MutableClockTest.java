package dev.offpeak.testkit.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class MutableClockTest {

  private final MutableClock clock = MutableClock.at("2026-01-01T00:00:00Z");

  @Test
  void standsStillUntilMoved() {
    assertThat(clock.instant()).isEqualTo(Instant.parse("2026-01-01T00:00:00Z"));

    clock.advance(Duration.ofHours(2));

    assertThat(clock.instant()).isEqualTo(Instant.parse("2026-01-01T02:00:00Z"));
  }

  @Test
  void aFakeSleeperMovesTheClockAndRemembers() throws InterruptedException {
    var sleeper = new FakeSleeper(clock);

    sleeper.sleep(Duration.ofSeconds(3));
    sleeper.sleep(Duration.ofSeconds(4));

    assertThat(sleeper.slept()).containsExactly(Duration.ofSeconds(3), Duration.ofSeconds(4));
    assertThat(clock.instant()).isEqualTo(Instant.parse("2026-01-01T00:00:07Z"));
  }

  @Test
  void aWaitingSleeperWakesWhenTheClockHasMovedFarEnough() throws Exception {
    // Given
    var woken = new CompletableFuture<Instant>();
    var sleeper = new WaitingSleeper(clock);
    Thread.ofVirtual()
        .start(
            () -> {
              try {
                sleeper.sleep(Duration.ofSeconds(10));
                woken.complete(clock.instant());
              } catch (InterruptedException e) {
                woken.completeExceptionally(e);
              }
            });
    await().untilAsserted(() -> assertThat(clock.waiting()).isEqualTo(1));

    // When
    clock.advance(Duration.ofSeconds(9));
    clock.advance(Duration.ofSeconds(1));

    // Then
    assertThat(woken.get(5, TimeUnit.MINUTES)).isEqualTo(Instant.parse("2026-01-01T00:00:10Z"));
  }
}
