package dev.offpeak.runtime.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class BackoffTest {

  private final Backoff backoff = new Backoff(Duration.ofMillis(100), Duration.ofMinutes(5));

  @Test
  void theCeilingDoublesUpToTheLongest() {
    assertThat(backoff.ceiling(0)).isEqualTo(Duration.ofMillis(100));
    assertThat(backoff.ceiling(3)).isEqualTo(Duration.ofMillis(800));
    assertThat(backoff.ceiling(12)).isEqualTo(Duration.ofMinutes(5));
  }

  @Property
  void aDelayStaysBelowItsCeiling(@ForAll @IntRange(min = 0) int retry, @ForAll long seed) {
    assertThat(backoff.delay(retry, new Random(seed)))
        .isBetween(Duration.ZERO, backoff.ceiling(retry));
  }

  @Test
  void refusesALongestWaitBelowTheFirst() {
    assertThatThrownBy(() -> new Backoff(Duration.ofSeconds(2), Duration.ofSeconds(1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("PT2S");
  }
}
