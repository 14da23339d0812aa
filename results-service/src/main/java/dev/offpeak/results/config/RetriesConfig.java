package dev.offpeak.results.config;

import dev.offpeak.runtime.config.Default;

/**
 * When a request without an answer is tried again.
 *
 * @param maxAttempts executions that one request may have, 1 or more; the same as the batcher's
 * @param deadlinePolicy whether a request is tried again synchronously when its deadline is nearer
 *     than the provider's window; the same as the batcher's
 */
public record RetriesConfig(
    @Default("3") int maxAttempts, @Default("fail") DeadlinePolicy deadlinePolicy) {

  /** What becomes of a request whose deadline no batch can keep. */
  public enum DeadlinePolicy {
    FAIL,
    SYNC
  }

  public RetriesConfig {
    if (maxAttempts < 1) {
      throw new IllegalArgumentException(
          "max-attempts is " + maxAttempts + "; it must be 1 or more");
    }
  }
}
