package dev.offpeak.core.seal;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * When an open batch of one lane is sealed. By size as late as possible: only when the next request
 * does not fit, or none ever could. By time as soon as a request has waited for the linger, or a
 * deadline needs it.
 *
 * @param limits of a batch
 * @param linger longest time that a request waits in an open batch
 * @param window the provider's completion window
 * @param margin time kept for uploading and fetching before a deadline, besides the window
 */
public record SealPolicy(BatchLimits limits, Duration linger, Duration window, Duration margin) {

  public SealPolicy {
    notNegative("linger", linger);
    notNegative("window", window);
    notNegative("deadline-margin", margin);
  }

  /** Why the batch must be sealed before the request can join a batch; null when it may join. */
  public @Nullable SealReason sealBefore(OpenBatch open, Candidate next) {
    return limits.refusal(open, next);
  }

  /** Why the batch must be sealed since no request at all could join it; null when one could. */
  public @Nullable SealReason sealFull(OpenBatch open) {
    return limits.full(open);
  }

  /** Why the batch must be sealed at that time; null when it may wait. */
  public @Nullable SealReason sealDue(OpenBatch open, long now) {
    if (open.deadline() != OpenBatch.NO_DEADLINE
        && now >= open.deadline() - window.toMillis() - margin.toMillis()) {
      return SealReason.DEADLINE;
    }
    return now >= open.openedAt() + linger.toMillis() ? SealReason.LINGER : null;
  }

  /**
   * Whether a batch that is submitted now is sure to end before that deadline.
   *
   * @param deadline in milliseconds since the epoch, or {@link OpenBatch#NO_DEADLINE}
   */
  public boolean keeps(long deadline, long now) {
    return deadline == OpenBatch.NO_DEADLINE || deadline - window.toMillis() >= now;
  }

  /**
   * Whether a flush seals the batch: it holds a request from before the flush, and the requests
   * from before the flush seem to be through, so that a backlog is not sealed in crumbs.
   *
   * @param issuedAt when the flush was asked for
   * @param quiet whether no request has come for a while
   */
  public boolean sealFlushed(OpenBatch open, long issuedAt, boolean quiet) {
    return open.earliest() <= issuedAt && (quiet || open.latest() > issuedAt);
  }

  private static void notNegative(String name, Duration value) {
    if (value.isNegative()) {
      throw new IllegalArgumentException(name + " is " + value + "; it must not be negative");
    }
  }
}
