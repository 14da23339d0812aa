package dev.offpeak.results.completions.job;

import dev.offpeak.core.outcome.Reconciliation;
import dev.offpeak.schemas.avro.EndedAs;
import org.jspecify.annotations.Nullable;

/**
 * What is not in an ended job's results, though it should be. A completed job has a line for each
 * request; one that ended otherwise has one for each that it says succeeded.
 *
 * @param missing lines that should be there
 * @param unreadable lines that are there and can't be read, perhaps because the transfer was cut
 */
record MissingResults(int missing, int unreadable) {

  /**
   * What there is a lack of; null when nothing is.
   *
   * @param succeeded requests that the provider says are done, 0 when it says nothing
   */
  static @Nullable MissingResults of(
      EndedAs ended, int requests, int succeeded, Reconciliation seen) {
    int expected =
        switch (ended) {
          case COMPLETED -> requests - seen.joined();
          case EXPIRED, CANCELLED -> Math.min(succeeded, requests) - seen.executed();
          case FAILED -> 0;
        };
    int missing = Math.max(0, expected);
    return missing == 0 && seen.unreadable() == 0
        ? null
        : new MissingResults(missing, seen.unreadable());
  }
}
