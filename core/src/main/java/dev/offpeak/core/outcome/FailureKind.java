package dev.offpeak.core.outcome;

/** Who can do something about a failure. */
public enum FailureKind {
  /** Send it again as it is, later. */
  RETRYABLE,
  /** Change the request. */
  YOUR_INPUT,
  /** Mend the account: key, funds, quota, permissions. */
  ACCOUNT,
  /** The provider's fault, and trying again did not help. */
  PROVIDER
}
