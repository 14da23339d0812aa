package dev.offpeak.batcher.id;

import static org.assertj.core.api.Assertions.assertThat;

import dev.offpeak.testkit.time.MutableClock;
import java.time.Duration;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class BatchIdsTest {

  @Test
  void anIdIsAUlid() {
    // The example of the ULID specification: this time is written 01ARYZ6S41.
    assertThat(Ulid.of(1469918176385L, 0, 0)).isEqualTo("01ARYZ6S410000000000000000");
    assertThat(Ulid.of(1469918176385L, 0xFFFF, -1L)).isEqualTo("01ARYZ6S41ZZZZZZZZZZZZZZZZ");
    // Bit 64 of the chance is the highest bit of the thirteenth digit from the right.
    assertThat(Ulid.of(0, 1, 1)).isEqualTo("0000000000000G000000000001");
  }

  @Test
  void laterIdsSortBehindEarlierOnes() {
    MutableClock clock = MutableClock.at("2026-01-01T00:00:00Z");
    BatchIds ids = BatchIds.ulids(clock, RandomGenerator.of("L64X128MixRandom"));

    String first = ids.next();
    clock.advance(Duration.ofMillis(1));
    String second = ids.next();

    assertThat(first).hasSize(26).isLessThan(second);
  }
}
