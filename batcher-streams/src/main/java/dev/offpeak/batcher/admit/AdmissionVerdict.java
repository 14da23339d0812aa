package dev.offpeak.batcher.admit;

import dev.offpeak.batcher.lane.LaneRules;
import dev.offpeak.core.outcome.FailureCode;

/** What admission says of a request. */
public sealed interface AdmissionVerdict {

  /**
   * It goes into that lane.
   *
   * @param rules of the lane
   * @param tokens estimated input tokens
   */
  record Admitted(LaneRules rules, long tokens) implements AdmissionVerdict {}

  /** It goes nowhere, and why. */
  record Rejected(FailureCode code, String message) implements AdmissionVerdict {}
}
