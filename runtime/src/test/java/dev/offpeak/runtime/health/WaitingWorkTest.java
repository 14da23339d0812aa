package dev.offpeak.runtime.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.offpeak.core.wait.Backoff;
import dev.offpeak.core.wait.Retries;
import dev.offpeak.core.wait.Retry;
import dev.offpeak.core.wait.RetryLater;
import dev.offpeak.testkit.time.FakeSleeper;
import dev.offpeak.testkit.time.MutableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;

class WaitingWorkTest {

  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final MutableClock clock = MutableClock.at("2026-11-24T00:00:00Z");
  private final WaitingWork work = new WaitingWork(clock);

  @Test
  void saysWhatHasWaitedLongSinceWhenAndWhyNow() {
    work.report("batch b", "503", null);
    clock.advance(MINUTE);
    work.report("batch b", "no key", null);
    work.report("batch c", "503", null);

    assertThat(work.describe(MINUTE)).isEqualTo("batch b waits since 2026-11-24T00:00:00Z: no key");
    assertThat(work.count()).isEqualTo(2);

    work.goesOn("batch b");
    assertThat(work.describe(MINUTE)).isEmpty();
  }

  @Test
  void saysUntilWhenAtTheLatest() throws Exception {
    FakeSleeper sleeper = new FakeSleeper(clock);
    Backoff backoff = new Backoff(Duration.ofSeconds(1), MINUTE);
    Retry retry = new Retry("batch b", new Retries(backoff, new Random(1), work), sleeper);

    retry.after(
        RetryLater.within("2 of 3 lines lack", Duration.ofSeconds(20), Duration.ofSeconds(300)));

    assertThat(work.all())
        .containsExactly(
            new Waiting(
                "batch b",
                "2 of 3 lines lack",
                Instant.parse("2026-11-24T00:00:00Z"),
                Instant.parse("2026-11-24T00:05:00Z")));
    assertThat(work.describe(Duration.ZERO))
        .isEqualTo(
            "batch b waits since 2026-11-24T00:00:00Z, until 2026-11-24T00:05:00Z at the latest:"
                + " 2 of 3 lines lack");
  }

  @Test
  void patienceWaitsAsLongAsTheOtherSideWants() throws Exception {
    FakeSleeper sleeper = new FakeSleeper(clock);
    Backoff backoff = new Backoff(Duration.ofSeconds(1), MINUTE);
    Retry retry = new Retry("batch b", new Retries(backoff, new Random(1), work), sleeper);

    retry.after(RetryLater.soon("503"));
    retry.after(RetryLater.after("429", Duration.ofMinutes(5)));
    retry.after(RetryLater.whenMended("no key"));

    assertThat(sleeper.slept().get(0)).isLessThanOrEqualTo(Duration.ofSeconds(1));
    assertThat(sleeper.slept().get(1)).isEqualTo(Duration.ofMinutes(5));
    assertThat(sleeper.slept().get(2)).isEqualTo(MINUTE);
    assertThat(work.count()).isEqualTo(1);
    retry.goesOn();
    assertThat(work.count()).isZero();
  }
}
