package dev.offpeak.core.provider;

import java.time.Duration;

/**
 * What can be found out, and done, after a create whose answer is not known. No provider has an
 * idempotency key (docs/providers A5, B5, C5). Each provider's adapter says what holds for it.
 *
 * @param uploadsFirst whether the payload is uploaded as a file before the create (OpenAI, Gemini),
 *     or is the create's own body (Anthropic)
 * @param burnable whether a create that arrives after its input file was deleted runs nothing
 * @param key how a job that may be ours is found again
 * @param settling how long a job that was made may be missing from lists and answer 404: before
 *     that time is over not to find it proves nothing
 */
public record CreateRecovery(
    boolean uploadsFirst, boolean burnable, SearchKey key, Duration settling) {

  /** How a job is found again. */
  public enum SearchKey {
    /** By a unique name that we gave it, or by its input file: a match is ours. */
    MARKER,
    /**
     * Only by when it was made and how many requests it has: a match may be somebody else's, and
     * the custom ids in its results prove whose it is.
     */
    TIME_AND_COUNT
  }

  /** Whether only one create of a scope may be under way, because matches can't be told apart. */
  public boolean oneCreateAtATime() {
    return key == SearchKey.TIME_AND_COUNT;
  }
}
