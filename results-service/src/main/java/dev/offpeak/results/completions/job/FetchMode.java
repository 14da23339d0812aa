package dev.offpeak.results.completions.job;

import org.jspecify.annotations.Nullable;

/**
 * How one try to fetch a job's results takes what it finds.
 *
 * @param again whether an earlier try found something missing, so that the provider is asked anew
 *     where the results are
 * @param goneIsFinal whether the provider is believed that it has no such results
 * @param missingIsFinal whether it is believed that lines are missing
 * @param unreadableIsFinal whether it is believed that lines can't be read
 * @param undeliveredIsFinal whether it is believed that the provider will not give them
 * @param problem why the job can't be processed, so that its requests fail; null to fetch it
 */
record FetchMode(
    boolean again,
    boolean goneIsFinal,
    boolean missingIsFinal,
    boolean unreadableIsFinal,
    boolean undeliveredIsFinal,
    @Nullable String problem) {

  /** Believes nothing yet. */
  static final FetchMode FIRST = new FetchMode(false, false, false, false, false, null);

  /** Believes whatever it finds. */
  static final FetchMode LAST = new FetchMode(true, true, true, true, true, null);

  /** Whether results that lack so much are taken as they are. */
  boolean takes(MissingResults lack) {
    return lack.missing() > 0 ? missingIsFinal : unreadableIsFinal;
  }
}
