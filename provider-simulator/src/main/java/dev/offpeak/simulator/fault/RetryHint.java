package dev.offpeak.simulator.fault;

import java.util.Locale;

/**
 * When an error says that the call may be tried again.
 *
 * @param afterMs so many real milliseconds after the answer
 * @param as how that is spelled
 */
public record RetryHint(long afterMs, Spelling as) {
  /** Checks the values. */
  public RetryHint {
    if (afterMs < 0 || as == null) {
      throw new IllegalArgumentException(
          "do.retry needs after_ms, 0 or more, and as: seconds, date, ms, reset or retry_info");
    }
  }

  /** The number of seconds, never too few. */
  public long seconds() {
    return Math.ceilDiv(afterMs, 1000L);
  }

  /** The spellings that providers use. */
  public enum Spelling {
    /** {@code retry-after: 7}. */
    SECONDS,
    /** {@code retry-after} with a date. */
    DATE,
    /** {@code retry-after-ms: 7000}. */
    MS,
    /**
     * {@code x-ratelimit-reset-requests: 7s} or {@code anthropic-ratelimit-requests-reset} with a
     * time.
     */
    RESET,
    /** Gemini's {@code RetryInfo} in the body. */
    RETRY_INFO;

    /** The name in JSON. */
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
