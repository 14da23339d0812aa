package dev.offpeak.core.outcome;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * When a request without an answer is tried again.
 *
 * @param maxAttempts executions that one request may have, 1 or more
 * @param window the provider's, within which another attempt is sure to end
 * @param callsUrgent whether a request is called synchronously when its deadline is nearer than
 *     that
 */
public record RetryRule(int maxAttempts, Duration window, boolean callsUrgent) {

  public RetryRule {
    if (maxAttempts < 1) {
      throw new IllegalArgumentException(
          "max attempts is " + maxAttempts + "; a request needs 1 or more");
    }
  }

  /**
   * Retry or failure.
   *
   * @param attempt the one that has just ended, from 1
   * @param deadline after which the caller has no use of an answer; null when there is none
   */
  public FailureDecision decide(Trouble why, int attempt, @Nullable Instant deadline, Instant now) {
    if (!why.tryAgain()) {
      return new FailureDecision.Fail(why);
    }
    if (attempt >= maxAttempts) {
      return new FailureDecision.Fail(
          why.andSay(" (attempt " + attempt + " of " + maxAttempts + ", the last)"));
    }
    Instant end = callsUrgent ? now : now.plus(window);
    if (deadline != null && end.isAfter(deadline)) {
      return new FailureDecision.Fail(
          why.andSay(" (not tried again: its deadline " + deadline + " is too near)"));
    }
    return new FailureDecision.Retry(why, attempt + 1);
  }
}
