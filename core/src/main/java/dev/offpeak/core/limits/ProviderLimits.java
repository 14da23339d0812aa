package dev.offpeak.core.limits;

import java.time.Duration;

/**
 * What a provider allows one batch to be. Sizes are bytes of the input file exactly as it is
 * uploaded. The defaults stand in provider-clients with their sources; an account may override
 * each.
 *
 * @param maxRequests requests of one batch
 * @param maxBytes bytes of one input file (or create body)
 * @param maxLineBytes bytes of one request line
 * @param maxInputs embedding inputs summed over one batch
 * @param maxEnqueuedTokens input tokens waiting or running in one quota scope
 * @param maxJobsInFlight jobs submitted and not ended in one quota scope
 * @param maxRequestsInFlight requests submitted and not ended in one quota scope
 * @param createsPerMinute create calls a minute in one quota scope
 * @param window the provider's completion window
 */
public record ProviderLimits(
    int maxRequests,
    long maxBytes,
    long maxLineBytes,
    int maxInputs,
    long maxEnqueuedTokens,
    int maxJobsInFlight,
    int maxRequestsInFlight,
    int createsPerMinute,
    Duration window) {

  public ProviderLimits {
    atLeastOne("max-requests", maxRequests);
    atLeastOne("max-bytes", maxBytes);
    atLeastOne("max-line-bytes", maxLineBytes);
    atLeastOne("max-inputs", maxInputs);
    atLeastOne("max-enqueued-tokens", maxEnqueuedTokens);
    atLeastOne("max-jobs-in-flight", maxJobsInFlight);
    atLeastOne("max-requests-in-flight", maxRequestsInFlight);
    atLeastOne("creates-per-minute", createsPerMinute);
    if (window.isNegative() || window.isZero()) {
      throw new IllegalArgumentException("window is " + window + "; it must be positive");
    }
  }

  private static void atLeastOne(String name, long value) {
    if (value < 1) {
      throw new IllegalArgumentException(name + " is " + value + "; it must be at least 1");
    }
  }
}
