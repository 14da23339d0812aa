package dev.offpeak.results.config;

import dev.offpeak.runtime.config.Default;
import java.time.Duration;

/**
 * How requests are called synchronously, whose deadline no batch can keep.
 *
 * @param concurrent calls at the same time from each partition of llm.urgent
 * @param timeout longest time for one call, unless its deadline comes first
 * @param firstRetry the ceiling of the wait after a call was turned down; doubled with each further
 *     one
 * @param longestRetry the ceiling of all waits, unless the provider asks for more
 */
public record SyncConfig(
    @Default("16") int concurrent,
    @Default("10m") Duration timeout,
    @Default("1s") Duration firstRetry,
    @Default("1m") Duration longestRetry) {

  /** The calls under way stand in the metadata of a committed offset, which has an end. */
  private static final int MOST_CONCURRENT = 200;

  public SyncConfig {
    if (concurrent < 1 || concurrent > MOST_CONCURRENT) {
      throw new IllegalArgumentException(
          "concurrent is " + concurrent + "; it must be 1 to " + MOST_CONCURRENT);
    }
    if (!timeout.isPositive()) {
      throw new IllegalArgumentException("timeout is " + timeout + "; it must be positive");
    }
    RetryWaits.check(firstRetry, longestRetry);
  }
}
