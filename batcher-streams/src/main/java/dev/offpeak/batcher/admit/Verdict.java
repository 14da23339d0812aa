package dev.offpeak.batcher.admit;

import dev.offpeak.batcher.lane.LaneRules;
import dev.offpeak.core.outcome.FailureCode;

/** What admission says of a request. */
public sealed interface Verdict {

  /**
   * It goes into that lane.
   *
   * @param rules of the lane
   * @param tokens estimated input tokens
   */
  record Admitted(LaneRules rules, long tokens) implements Verdict {}

  /** It goes nowhere, and why. */
  record Rejected(FailureCode code, String message) implements Verdict {}
}
