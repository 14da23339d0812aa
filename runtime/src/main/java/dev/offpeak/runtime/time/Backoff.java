package dev.offpeak.runtime.time;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait before trying again: exponential with full jitter, so that many who failed at
 * the same moment do not come back at the same moment.
 *
 * @param first the ceiling of the wait before the first retry
 * @param longest the ceiling that no wait exceeds
 */
public record Backoff(Duration first, Duration longest) {

  /** 2^30 times the first wait is past every sensible longest one, and is safe from overflow. */
  private static final int MOST_DOUBLINGS = 30;

  public Backoff {
    if (!first.isPositive() || longest.compareTo(first) < 0) {
      throw new IllegalArgumentException(
          "backoff is "
              + first
              + " to "
              + longest
              + ": the first must be positive and the smaller");
    }
  }

  /**
   * A random wait between zero and the ceiling of the given retry.
   *
   * @param retry 0 for the first retry, 1 for the second, and so on
   */
  public Duration delay(int retry, RandomGenerator random) {
    return Duration.ofNanos(random.nextLong(ceiling(retry).toNanos() + 1));
  }

  /** The longest wait before the given retry: the first one doubled so many times. */
  public Duration ceiling(int retry) {
    if (retry < 0) {
      throw new IllegalArgumentException("retry is " + retry + ": it must be 0 or more");
    }
    var doubled = first.multipliedBy(1L << Math.min(retry, MOST_DOUBLINGS));
    return doubled.compareTo(longest) < 0 ? doubled : longest;
  }
}
