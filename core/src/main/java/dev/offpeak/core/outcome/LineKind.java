package dev.offpeak.core.outcome;

/** What a line of a provider's results says of its request. */
public enum LineKind {
  /** Executed well, and billed. */
  SUCCEEDED,
  /** Executed and failed by a fault that may pass; not billed. */
  ERRORED_RETRYABLE,
  /** Executed and failed by the request's own fault. */
  ERRORED_YOUR_INPUT,
  /** Failed by the state of the account: no funds, no permission. */
  ERRORED_ACCOUNT,
  /** Failed by the provider's fault, in a way that does not look passing. */
  ERRORED_PROVIDER,
  /** Executed without an answer that can be used, or nobody can say; it may be billed. */
  ERRORED_UNCLEAR,
  /** Not executed: the window ended first. Not billed. */
  EXPIRED,
  /** Not executed: cancelled first. Not billed. */
  CANCELED,
  /** Can't be read; the request may have been executed and billed. */
  UNREADABLE;

  /** Whether the provider says that it never executed the request. */
  public boolean isUnexecuted() {
    return this == EXPIRED || this == CANCELED;
  }

  /**
   * Of two lines for one request the one that tells more counts: an answer before an error, what
   * may be billed before what is not, an error before "not executed", anything before a line that
   * can't be read.
   */
  int weight() {
    return switch (this) {
      case SUCCEEDED -> 5;
      case ERRORED_UNCLEAR -> 4;
      case ERRORED_RETRYABLE, ERRORED_YOUR_INPUT, ERRORED_ACCOUNT, ERRORED_PROVIDER -> 3;
      case EXPIRED, CANCELED -> 2;
      case UNREADABLE -> 1;
    };
  }
}
