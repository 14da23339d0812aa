package dev.offpeak.core.job.rule;

/**
 * What can be found out, and done, after a create whose answer is not known. No provider has an
 * idempotency key (docs/providers A5, B5, C5). Each provider's adapter says what holds for it.
 *
 * @param uploadsFirst whether the payload is a file of its own, uploaded before the create
 * @param burnable whether deleting the input file makes a create that is still under way fail
 * @param key how a job that may be ours is found again
 */
public record CreateRecovery(boolean uploadsFirst, boolean burnable, SearchKey key) {

  /** How a job is found again. */
  public enum SearchKey {
    /** By a unique name that we gave it, or by its input file: a match is ours. */
    MARKER,
    /** Only by its time and number of requests: a match may be somebody else's. */
    TIME_AND_COUNT
  }

  /** Whether only one create of a scope may be under way, because matches can't be told apart. */
  public boolean oneCreateAtATime() {
    return key == SearchKey.TIME_AND_COUNT;
  }
}
