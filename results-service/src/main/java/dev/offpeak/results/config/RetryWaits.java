package dev.offpeak.results.config;

import java.time.Duration;

/** The rule of every pair of {@code first-retry} and {@code longest-retry}. */
final class RetryWaits {

  private RetryWaits() {}

  static void check(Duration firstRetry, Duration longestRetry) {
    if (!firstRetry.isPositive() || longestRetry.compareTo(firstRetry) < 0) {
      throw new IllegalArgumentException(
          "first-retry is "
              + firstRetry
              + " and longest-retry "
              + longestRetry
              + "; the first must be positive and not the longer one");
    }
  }
}
