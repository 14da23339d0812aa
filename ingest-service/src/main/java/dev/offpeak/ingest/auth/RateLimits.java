package dev.offpeak.ingest.auth;

import org.jspecify.annotations.Nullable;

/**
 * How much calls with a key may do at once; null for no limit.
 *
 * @param requests a minute
 * @param inputTokens a minute
 * @param concurrent calls at the same time
 */
public record RateLimits(
    @Nullable Long requests, @Nullable Long inputTokens, @Nullable Integer concurrent) {

  /** No limit. */
  public static final RateLimits NONE = new RateLimits(null, null, null);

  public RateLimits {
    requirePositive("requests-per-minute", requests);
    requirePositive("input-tokens-per-minute", inputTokens);
    requirePositive("concurrent", concurrent);
  }

  private static void requirePositive(String name, @Nullable Number value) {
    if (value != null && value.longValue() < 1) {
      throw new IllegalArgumentException(name + " must be 1 or more, not " + value);
    }
  }
}
