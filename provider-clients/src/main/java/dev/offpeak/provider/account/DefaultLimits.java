package dev.offpeak.provider.account;

import dev.offpeak.core.lane.Provider;
import dev.offpeak.core.limits.ProviderLimits;
import java.time.Duration;

/**
 * What providers allow when an account says nothing else. "MB" of a provider is read as 10^6 bytes,
 * the smaller of the two readings. Where a limit depends on the account's tier and is unknown the
 * default is no limit: the submitter learns it from the provider's refusals.
 */
final class DefaultLimits {

  /**
   * 50,000 requests, 200 MB, 50,000 embedding inputs, no documented limit of one line or of jobs in
   * flight, 2,000 creates an hour (docs/providers A2). Enqueued tokens depend on tier and model.
   */
  private static final ProviderLimits OPENAI =
      new ProviderLimits(
          50_000,
          200_000_000L,
          200_000_000L,
          50_000,
          Long.MAX_VALUE,
          1_000,
          Integer.MAX_VALUE,
          33,
          Duration.ofHours(24));

  /**
   * 100,000 requests or 256 MB of body, 32 MB for one message; 200,000 requests waiting and 1,000
   * calls a minute in the lowest tier, of which 50 are creates here so that polling has the rest
   * (docs/providers B2).
   */
  private static final ProviderLimits ANTHROPIC =
      new ProviderLimits(
          100_000,
          256_000_000L,
          32_000_000L,
          Integer.MAX_VALUE,
          Long.MAX_VALUE,
          1_000,
          200_000,
          50,
          Duration.ofHours(24));

  /**
   * 2 GB of file, 100 jobs in flight, 48 hours until a job expires; requests of a batch, size of a
   * line and creates a minute are not documented: 50,000, the 20 MB of an inline request, and 10
   * (docs/providers C2).
   */
  private static final ProviderLimits GEMINI =
      new ProviderLimits(
          50_000,
          2_000_000_000L,
          20_000_000L,
          Integer.MAX_VALUE,
          Long.MAX_VALUE,
          100,
          Integer.MAX_VALUE,
          10,
          Duration.ofDays(2));

  private DefaultLimits() {}

  static ProviderLimits of(Provider provider) {
    return switch (provider) {
      case OPENAI -> OPENAI;
      case ANTHROPIC -> ANTHROPIC;
      case GEMINI -> GEMINI;
    };
  }
}
