package dev.offpeak.core.outcome;

/** What becomes of a request without an answer. */
public sealed interface FailureDecision {

  /** Why it has none. */
  Trouble why();

  /** It goes to admission again, with the next attempt. */
  record Retry(Trouble why, int nextAttempt) implements FailureDecision {}

  /** It has failed for good. */
  record Fail(Trouble why) implements FailureDecision {}
}
