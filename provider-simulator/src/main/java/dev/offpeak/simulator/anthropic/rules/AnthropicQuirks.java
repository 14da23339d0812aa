package dev.offpeak.simulator.anthropic.rules;

/**
 * Observed behaviour that is not in the reference and that clients stumble over.
 *
 * @param shuffledResults results come in another order than the requests
 * @param hiddenAfterCreateMs a batch that was just created is in the list but asking for it is a
 *     404 for so many simulated milliseconds (anthropic-sdk-python#1432)
 * @param lateResultsMs the results of a batch that has ended are a 404 for so long (the same)
 */
public record AnthropicQuirks(
    boolean shuffledResults, long hiddenAfterCreateMs, long lateResultsMs) {
  /** All of them. */
  public static final AnthropicQuirks OBSERVED = new AnthropicQuirks(true, 50, 50);

  /** None: as the reference says. */
  public static final AnthropicQuirks NONE = new AnthropicQuirks(false, 0, 0);
}
