package dev.offpeak.simulator.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class SimClockTest {
  private final AtomicLong real = new AtomicLong(1_000_000);

  private SimClock clock(double speed) {
    InstantSource source = () -> Instant.ofEpochMilli(real.get());
    return new SimClock(source.withZone(ZoneOffset.UTC), speed);
  }

  @Test
  void runsAsOftenAsFastAsItWasTold() {
    // Given
    SimClock clock = clock(60);
    // When
    real.addAndGet(1000);
    // Then
    assertThat(clock.millis()).isEqualTo(1_000_000 + 60_000);
    assertThat(clock.seconds()).isEqualTo(1060);
    assertThat(clock.realMillisUntil(clock.millis() + 120_000)).isEqualTo(2000);
    assertThat(clock.realMillisUntil(clock.millis())).isZero();
  }

  @Test
  void canBeAdvancedButNotPutBack() {
    // Given
    SimClock clock = clock(1);
    AtomicLong woken = new AtomicLong();
    clock.onAdvance(woken::incrementAndGet);
    // When
    clock.advance(Duration.ofHours(1));
    clock.notBefore(2_000_000);
    // Then
    assertThat(clock.millis()).isEqualTo(4_600_000);
    assertThat(woken).hasValue(1);
    clock.notBefore(5_000_000);
    assertThat(clock.now()).isEqualTo(Instant.ofEpochMilli(5_000_000));
    assertThatThrownBy(() -> clock.advance(Duration.ofSeconds(-1)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new SimClock(Clock.systemUTC(), 0))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
