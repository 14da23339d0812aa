package dev.offpeak.results.completions.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.offpeak.core.wait.Backoff;
import dev.offpeak.core.wait.Retries;
import dev.offpeak.core.wait.Retry;
import dev.offpeak.core.wait.RetryLater;
import dev.offpeak.runtime.health.WaitingWork;
import dev.offpeak.testkit.time.FakeSleeper;
import dev.offpeak.testkit.time.MutableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FetchDoubtsTest {

  private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private final MutableClock clock = MutableClock.at("2026-11-24T12:00:00Z");
  private final FakeSleeper sleeper = new FakeSleeper(clock);
  private final WaitingWork waiting = new WaitingWork(clock);
  private final Retry retrying =
      new Retry(
          "batch b",
          new Retries(
              new Backoff(Duration.ofMillis(1), Duration.ofMillis(1)), new Random(1), waiting),
          sleeper);

  /** Also where a restart goes on with a wait that another process began. */
  @ParameterizedTest
  @ValueSource(ints = {0, 120, 290, 600})
  void untilWhenMissingLinesAreWaitedForIsSaidFromTheFirstTry(int secondsSinceTheEnd)
      throws Exception {
    FetchDoubts doubts =
        new FetchDoubts(NOON.minusSeconds(secondsSinceTheEnd), PATIENCE, Duration.ofDays(1), clock);
    List<Instant> said = new ArrayList<>();
    for (int retry = 0; !doubts.next().missingIsFinal(); retry++) {
      retrying.after(doubts.lacking(new ResultsLacking("batch_1", 3, new MissingResults(1, 0))));
      said.add(waiting.all().getFirst().until());
    }

    assertThat(said).isNotEmpty().containsOnly(clock.instant());
    assertThat(clock.instant()).isBeforeOrEqualTo(NOON.plus(PATIENCE));
  }

  @Test
  void linesThatAreAboutToComeAreNotWaitedForLong() throws Exception {
    FetchDoubts doubts = new FetchDoubts(NOON, PATIENCE, Duration.ofDays(1), clock);
    RetryLater again = doubts.lacking(new ResultsLacking("batch_1", 3, new MissingResults(1, 0)));
    retrying.after(again);
    assertThat(sleeper.slept().getFirst()).isLessThan(Duration.ofSeconds(2));
  }

  @Test
  void linesThatCanNotBeReadAreFetchedAgainSoon() throws Exception {
    FetchDoubts doubts = new FetchDoubts(NOON, PATIENCE, Duration.ofDays(1), clock);
    RetryLater again = doubts.lacking(new ResultsLacking("batch_1", 3, new MissingResults(0, 1)));
    retrying.after(again);
    assertThat(sleeper.slept().getFirst()).isLessThan(Duration.ofSeconds(2));
  }
}
