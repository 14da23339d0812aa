package dev.offpeak.provider.account;

import dev.offpeak.core.limits.ProviderLimits;
import dev.offpeak.runtime.config.ByteSize;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * An account's own limits; what is not set is the provider's default. For the meaning of each see
 * {@link ProviderLimits}.
 */
public record LimitsConfig(
    @Nullable Integer maxRequests,
    @Nullable ByteSize maxBytes,
    @Nullable ByteSize maxLineBytes,
    @Nullable Integer maxInputs,
    @Nullable Long maxEnqueuedTokens,
    @Nullable Integer maxJobsInFlight,
    @Nullable Integer maxRequestsInFlight,
    @Nullable Integer createsPerMinute,
    @Nullable Duration window) {

  /** Nothing of its own. */
  public static final LimitsConfig NONE =
      new LimitsConfig(null, null, null, null, null, null, null, null, null);

  /**
   * The defaults with these changes.
   *
   * @throws IllegalArgumentException naming the limit that is not positive
   */
  ProviderLimits over(ProviderLimits defaults) {
    return new ProviderLimits(
        or(maxRequests, defaults.maxRequests()),
        bytes(maxBytes, defaults.maxBytes()),
        bytes(maxLineBytes, defaults.maxLineBytes()),
        or(maxInputs, defaults.maxInputs()),
        or(maxEnqueuedTokens, defaults.maxEnqueuedTokens()),
        or(maxJobsInFlight, defaults.maxJobsInFlight()),
        or(maxRequestsInFlight, defaults.maxRequestsInFlight()),
        or(createsPerMinute, defaults.createsPerMinute()),
        or(window, defaults.window()));
  }

  private static long bytes(@Nullable ByteSize own, long otherwise) {
    return own == null ? otherwise : own.bytes();
  }

  private static <T> T or(@Nullable T own, T otherwise) {
    return own == null ? otherwise : own;
  }
}
