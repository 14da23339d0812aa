package dev.offpeak.results.completions.job;

/** Results that end well and too early, or are not there yet; not to be believed at once. */
final class ResultsLacking extends Exception {

  private static final long serialVersionUID = 1L;

  private final boolean misses;

  ResultsLacking(String jobId, int requests, MissingResults lack) {
    super(
        "of "
            + requests
            + " requests "
            + lack.missing()
            + " lack the line that the results of "
            + jobId
            + " should have, and "
            + lack.unreadable()
            + " have one that can't be read; they are fetched again");
    this.misses = lack.missing() > 0;
  }

  /** Whether lines are missing, and not only unreadable. */
  boolean misses() {
    return misses;
  }
}
