package dev.offpeak.core.wait;

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
        .isBetween(backoff.ceiling(retry).dividedBy(2), backoff.ceiling(retry));
  }

  @Property
  void whatTheOtherSideSaysIsKeptAndExceededByATenthAtMost(
      @ForAll @IntRange(min = 0, max = 86_400) int seconds, @ForAll long seed) {
    Duration said = Duration.ofSeconds(seconds);

    assertThat(backoff.delay(3, said, new Random(seed).nextDouble()))
        .isBetween(said, said.plus(said.dividedBy(10)));
    assertThat(backoff.delay(3, null, 1)).isEqualTo(backoff.ceiling(3));
  }

  @Test
  void refusesALongestWaitBelowTheFirst() {
    assertThatThrownBy(() -> new Backoff(Duration.ofSeconds(2), Duration.ofSeconds(1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("PT2S");
  }
}
