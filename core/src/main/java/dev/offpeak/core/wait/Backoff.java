package dev.offpeak.core.wait;

import java.time.Duration;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * How long to wait before trying again: exponentially longer, between half and all of the ceiling
 * by chance, so that many who failed at the same moment do not come back at the same moment, and
 * none comes back at once.
 *
 * @param first the ceiling of the wait before the first retry
 * @param longest the ceiling that no wait exceeds, unless the other side asks for more
 */
public record Backoff(Duration first, Duration longest) {

  /** 2^30 times the first wait is past every sensible longest one, and is safe from overflow. */
  private static final int MOST_DOUBLINGS = 30;

  /** Above what the other side says, so that those who wait do not all come at once. */
  private static final double SPREAD = 0.1;

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
   * A random wait below the ceiling of the given retry.
   *
   * @param retry 0 for the first retry, 1 for the second, and so on
   */
  public Duration delay(int retry, RandomGenerator random) {
    return delay(retry, random.nextDouble());
  }

  /**
   * The wait of that retry.
   *
   * @param retry 0 for the first retry, 1 for the second, and so on
   * @param chance from 0 (inclusive) to 1 (exclusive)
   */
  public Duration delay(int retry, double chance) {
    return part(ceiling(retry), 0.5 + chance / 2);
  }

  /**
   * The wait of that retry: as long as the other side says, when it says so.
   *
   * @param said null when it does not
   */
  public Duration delay(int retry, @Nullable Duration said, double chance) {
    return said == null ? delay(retry, chance) : said.plus(part(said, SPREAD * chance));
  }

  /** The longest wait before the given retry: the first one doubled so many times. */
  public Duration ceiling(int retry) {
    if (retry < 0) {
      throw new IllegalArgumentException("retry is " + retry + ": it must be 0 or more");
    }
    var doubled = first.multipliedBy(1L << Math.min(retry, MOST_DOUBLINGS));
    return doubled.compareTo(longest) < 0 ? doubled : longest;
  }

  private static Duration part(Duration whole, double share) {
    return Duration.ofNanos((long) (whole.toNanos() * share));
  }
}
