package dev.offpeak.core.quota;

import java.time.Instant;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * A sealed batch that waits for quota.
 *
 * @param batchId ours
 * @param requests how many it holds
 * @param tokens input tokens, estimated
 * @param deadline the earliest of its requests, or null when none has one
 * @param sealedAt when it was sealed
 */
public record WaitingBatch(
    String batchId, int requests, long tokens, @Nullable Instant deadline, Instant sealedAt) {

  /**
   * Whose turn comes first: the earliest deadline, then the oldest seal, then the smaller id.
   * Nobody overtakes: a large batch that is held back would otherwise wait for ever behind small
   * ones.
   */
  public static final Comparator<WaitingBatch> ORDER =
      Comparator.comparing(WaitingBatch::deadlineOrNever)
          .thenComparing(WaitingBatch::sealedAt)
          .thenComparing(WaitingBatch::batchId);

  public WaitingBatch {
    if (requests < 0 || tokens < 0) {
      throw new IllegalArgumentException(
          "batch "
              + batchId
              + " has "
              + requests
              + " requests and "
              + tokens
              + " tokens; neither may be negative");
    }
  }

  private Instant deadlineOrNever() {
    return deadline == null ? Instant.MAX : deadline;
  }
}
