package dev.offpeak.core.quota;

import java.util.Locale;

/** Which limit holds a batch back. */
public enum QuotaLimit {
  /** The provider has refused for want of quota a short while ago. */
  REFUSED_LATELY,
  /** Create calls a minute. */
  CREATES_PER_MINUTE,
  /** Jobs submitted and not ended. */
  JOBS_IN_FLIGHT,
  /** Requests submitted and not ended. */
  REQUESTS_IN_FLIGHT,
  /** Input tokens waiting or running, as configured. */
  ENQUEUED_TOKENS,
  /** Tokens or requests in flight, as learned from the provider's refusals. */
  LEARNED;

  /** The name in records, metrics and texts: lower case with dashes. */
  public String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
