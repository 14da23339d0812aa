package dev.offpeak.core.quota;

import dev.offpeak.core.lane.Provider;

/** What a provider's queue is counted in when it refuses a batch for want of quota. */
public enum QuotaUnit {
  /** OpenAI and Gemini: enqueued input tokens (docs/providers A2, C2). */
  TOKENS,
  /** Anthropic: requests in processing (docs/providers B2). */
  REQUESTS;

  /** The unit of that provider. */
  public static QuotaUnit of(Provider provider) {
    return switch (provider) {
      case OPENAI, GEMINI -> TOKENS;
      case ANTHROPIC -> REQUESTS;
    };
  }

  /** The batch in this unit. */
  public long of(WaitingBatch batch) {
    return this == TOKENS ? batch.tokens() : batch.requests();
  }

  /** What is in flight in this unit. */
  public long of(InFlight inFlight) {
    return this == TOKENS ? inFlight.tokens() : inFlight.requests();
  }
}
