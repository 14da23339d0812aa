package dev.offpeak.results.shared.metric;

import dev.offpeak.core.outcome.FailureKind;

/** What outcomes are counted as. */
public enum OutcomeKind {
  ANSWERED,
  RETRIED,
  FAILED_YOUR_INPUT,
  FAILED_ACCOUNT,
  FAILED_PROVIDER,
  FAILED_RETRYABLE;

  /** A failure of that kind. */
  public static OutcomeKind failed(FailureKind kind) {
    return switch (kind) {
      case YOUR_INPUT -> FAILED_YOUR_INPUT;
      case ACCOUNT -> FAILED_ACCOUNT;
      case PROVIDER -> FAILED_PROVIDER;
      case RETRYABLE -> FAILED_RETRYABLE;
    };
  }
}
