package dev.offpeak.results.wait;

import static org.assertj.core.api.Assertions.assertThat;

import dev.offpeak.runtime.health.Waiting;
import dev.offpeak.runtime.time.Backoff;
import dev.offpeak.testkit.time.FakeSleeper;
import dev.offpeak.testkit.time.MutableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ObstaclesTest {

  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final MutableClock clock = MutableClock.at("2026-11-24T00:00:00Z");
  private final Obstacles obstacles = new Obstacles(clock);

  @Test
  void saysWhatHasWaitedLongSinceWhenAndWhyNow() {
    obstacles.report("batch b", "503", null);
    clock.advance(MINUTE);
    obstacles.report("batch b", "no key", null);
    obstacles.report("batch c", "503", null);

    assertThat(obstacles.describe(MINUTE))
        .isEqualTo("batch b waits since 2026-11-24T00:00:00Z: no key");
    assertThat(obstacles.count()).isEqualTo(2);

    obstacles.clear("batch b");
    assertThat(obstacles.describe(MINUTE)).isEmpty();
  }

  @Test
  void saysUntilWhenAtTheLatest() throws Exception {
    FakeSleeper sleeper = new FakeSleeper(clock);
    Backoff backoff = new Backoff(Duration.ofSeconds(1), MINUTE);
    Patience patience =
        new Patience("batch b", new Retries(backoff, new Random(1), obstacles), sleeper);

    patience.after(
        0, NotYet.within("2 of 3 lines lack", Duration.ofSeconds(20), Duration.ofSeconds(300)));

    assertThat(obstacles.all())
        .containsExactly(
            new Waiting(
                "batch b",
                "2 of 3 lines lack",
                Instant.parse("2026-11-24T00:00:00Z"),
                Instant.parse("2026-11-24T00:05:00Z")));
    assertThat(obstacles.describe(Duration.ZERO))
        .isEqualTo(
            "batch b waits since 2026-11-24T00:00:00Z, until 2026-11-24T00:05:00Z at the latest:"
                + " 2 of 3 lines lack");
  }

  @Test
  void patienceWaitsAsLongAsTheOtherSideWants() throws Exception {
    FakeSleeper sleeper = new FakeSleeper(clock);
    Backoff backoff = new Backoff(Duration.ofSeconds(1), MINUTE);
    Patience patience =
        new Patience("batch b", new Retries(backoff, new Random(1), obstacles), sleeper);

    patience.after(0, NotYet.soon("503"));
    patience.after(1, NotYet.after("429", Duration.ofMinutes(5)));
    patience.after(2, NotYet.whenMended("no key"));

    assertThat(sleeper.slept().get(0)).isLessThanOrEqualTo(Duration.ofSeconds(1));
    assertThat(sleeper.slept().get(1)).isEqualTo(Duration.ofMinutes(5));
    assertThat(sleeper.slept().get(2)).isEqualTo(MINUTE);
    assertThat(obstacles.count()).isEqualTo(1);
    patience.over();
    assertThat(obstacles.count()).isZero();
  }
}
