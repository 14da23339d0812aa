package dev.offpeak.core.quota;

/** What a provider's queue is counted in when it refuses a batch for want of quota. */
public enum QuotaUnit {
  /** Enqueued input tokens. */
  TOKENS,
  /** Requests in processing. */
  REQUESTS;

  /** The batch in this unit. */
  public long of(WaitingBatch batch) {
    return this == TOKENS ? batch.tokens() : batch.requests();
  }

  /** What is in flight in this unit. */
  public long of(InFlight inFlight) {
    return this == TOKENS ? inFlight.tokens() : inFlight.requests();
  }
}
