package dev.offpeak.provider.anthropic;

import dev.offpeak.core.provider.ProviderError;
import dev.offpeak.provider.Answer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Believes a 404 only when it has been the answer for long enough: a batch just made, or the
 * results of one just ended, can be said not to exist, and again minutes later
 * (anthropic-sdk-python#1432). Needs no memory of when a batch was made, so that a restart changes
 * nothing but the length of the wait.
 */
final class DoubtfulGone {

  private final Clock clock;
  private final Duration believedAfter;
  private final Map<String, Instant> missingSince = new ConcurrentHashMap<>();

  DoubtfulGone(Clock clock, Duration believedAfter) {
    this.clock = clock;
    this.believedAfter = believedAfter;
  }

  /** That answer, or one that says to ask again where it is a 404 that is not believed yet. */
  <T> Answer<T> judge(String what, Answer<T> answer) {
    if (!(answer instanceof Answer.Failed<T>(ProviderError.Gone gone))) {
      if (answer instanceof Answer.Ok<T>) {
        missingSince.remove(what);
      }
      return answer;
    }
    Instant now = clock.instant();
    Instant since = missingSince.computeIfAbsent(what, first -> now);
    if (Duration.between(since, now).compareTo(believedAfter) >= 0) {
      return answer;
    }
    return Answer.failed(
        new ProviderError.Retryable(
            gone.code(),
            gone.message()
                + " (not believed before it has been the answer for "
                + believedAfter.toSeconds()
                + " s)"));
  }
}
