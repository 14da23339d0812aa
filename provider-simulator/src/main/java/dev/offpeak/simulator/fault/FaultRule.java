package dev.offpeak.simulator.fault;

import org.jspecify.annotations.Nullable;

/**
 * A fault and when it happens; the JSON of {@code POST /_sim/faults} has the same names in
 * snake_case.
 *
 * @param match which calls it meets
 * @param then what happens to them ({@code do} in JSON)
 * @param times how often it may happen; null: once when {@code match.nth} is given, else always
 */
public record FaultRule(FaultMatch match, FaultAction then, @Nullable Integer times) {
  /** Checks the rule. */
  public FaultRule {
    if (match == null || then == null) {
      throw new IllegalArgumentException("A fault needs \"match\" and \"do\"");
    }
  }

  /** The same with a chance. */
  FaultRule withProbability(double probability) {
    FaultMatch chance =
        new FaultMatch(match.provider(), match.call(), match.key(), match.nth(), probability);
    return new FaultRule(chance, then, times);
  }

  int mostTimes() {
    if (times != null) {
      return times;
    }
    return match.nth() == null ? Integer.MAX_VALUE : 1;
  }

  /**
   * Which calls a fault meets; null means any.
   *
   * @param provider for instance {@code openai}
   * @param call for instance {@code create_batch}
   * @param key only calls with this API key
   * @param nth only this matching call, counted from 1
   * @param probability the chance of each matching call, by the simulator's seed; null means 1
   */
  public record FaultMatch(
      @Nullable String provider,
      @Nullable String call,
      @Nullable String key,
      @Nullable Integer nth,
      @Nullable Double probability) {
    /** Checks the numbers. */
    public FaultMatch {
      if (nth != null && nth < 1) {
        throw new IllegalArgumentException("match.nth is " + nth + "; calls are counted from 1");
      }
      if (probability != null && !(probability >= 0 && probability <= 1)) {
        throw new IllegalArgumentException(
            "match.probability is " + probability + "; it must be between 0 and 1");
      }
    }

    boolean covers(String aProvider, String aCall, String aKey) {
      return (provider == null || provider.equals(aProvider))
          && (call == null || call.equals(aCall))
          && (key == null || key.equals(aKey));
    }
  }
}
