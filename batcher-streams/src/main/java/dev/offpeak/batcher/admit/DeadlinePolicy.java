package dev.offpeak.batcher.admit;

import dev.offpeak.batcher.lane.LaneRules;
import dev.offpeak.schemas.request.Endpoints;

/** What becomes of a request whose deadline no batch can be sure to keep. */
public enum DeadlinePolicy {
  /** It fails at admission. */
  FAIL,

  /** It is called synchronously, at the full price, where its endpoint can be. */
  SYNC;

  /**
   * Whether a request of that lane is to be called synchronously now.
   *
   * @param deadline in milliseconds since the epoch, or {@code OpenBatch.NO_DEADLINE}
   * @param now likewise
   */
  public boolean isUrgent(LaneRules rules, long deadline, long now) {
    return this == SYNC
        && !rules.policy().keeps(deadline, now)
        && Endpoints.hasSynchronous(rules.lane().endpoint());
  }
}
