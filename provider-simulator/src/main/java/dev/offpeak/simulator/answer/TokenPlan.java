package dev.offpeak.simulator.answer;

import dev.offpeak.simulator.chance.Mix;

/** How many tokens an answer has, where the request leaves it open. */
public final class TokenPlan {
  private static final int CACHE_UNIT = 128;
  private static final long CACHE_FROM = 1024;
  private static final int MOST_USUAL_TOKENS = 400;

  private TokenPlan() {}

  /** Tokens of a prompt that a provider happens to have cached: of one long prompt in three. */
  public static long cached(long input, long seed) {
    return input >= CACHE_FROM && seed % 3 == 0 ? input / 2 / CACHE_UNIT * CACHE_UNIT : 0;
  }

  /** Tokens that can be read in an answer: what its form needs, else often a few, seldom many. */
  public static long visible(Marker marker, Form form, long seed, long most) {
    long needed = form.tokens(seed);
    if (needed >= 0) {
      return Math.min(most, needed);
    }
    double spread = Mix.unit(Mix.mix(seed, 1));
    long usual = 12 + (long) (spread * spread * MOST_USUAL_TOKENS);
    return Math.min(most, marker.tokens() > 0 ? marker.tokens() : usual);
  }

  /**
   * Tokens of the thoughts before an answer, which leave room for all of it.
   *
   * @param most what the answer leaves of the limit
   */
  public static long reasoning(long seed, long most) {
    return Math.clamp(64 * (1 + Math.floorMod(seed, 5L)), 0, Math.max(0, most - 1));
  }
}
