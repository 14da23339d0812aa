package dev.offpeak.core.quota;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How much a scope may have in flight, as far as its provider's refusals tell. A refusal lowers the
 * limit to a share of what was in flight with the refused batch, and lets the scope pause. An
 * accepted job raises it while batches are held back by it: in small steps, and the more rarely the
 * more often raising has ended in a refusal. In {@link QuotaUnit}s, our own estimate, so that its
 * error cancels out.
 *
 * @param limit in flight at most; {@link Long#MAX_VALUE} when nothing was ever refused
 * @param ceiling the sum that was refused last
 * @param patience accepted jobs that a raise takes
 * @param credit accepted jobs since the last raise
 * @param refusals in a row, those that came while the scope paused not counted
 * @param pausedUntil nothing is submitted before
 */
public record LearnedLimit(
    long limit, long ceiling, int patience, int credit, int refusals, Instant pausedUntil) {

  /** Nothing was refused yet. */
  public static final LearnedLimit NONE =
      new LearnedLimit(Long.MAX_VALUE, Long.MAX_VALUE, 1, 0, 0, Instant.EPOCH);

  /** A refusal leaves nine tenths of the sum that was refused. */
  private static final int LOWER = 10;

  /** A raise adds one twentieth. */
  private static final int RAISE = 20;

  private static final int MOST_PATIENCE = 64;
  private static final int MOST_DOUBLINGS = 5;
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(30);
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(15);

  public LearnedLimit {
    if (limit < 1 || ceiling < 1 || patience < 1 || credit < 0 || refusals < 0) {
      throw new IllegalArgumentException(
          "learned limit %d, ceiling %d and patience %d must be at least 1, credit %d and refusals"
                  .formatted(limit, ceiling, patience, credit)
              + " %d not negative".formatted(refusals));
    }
  }

  /**
   * After the provider refused a batch for want of quota.
   *
   * @param others in flight beside the batch
   * @param batch the refused one
   * @param after how long the provider asks to wait, when it says so
   */
  public LearnedLimit refused(long others, long batch, @Nullable Duration after, Instant now) {
    long sum = Math.max(1, saturatedSum(others, batch));
    long lowered = Math.max(1, sum - Math.ceilDiv(sum, LOWER));
    // Jobs that were submitted together are refused together; that is one lesson, not many.
    boolean sameLesson = now.isBefore(pausedUntil);
    int inARow = sameLesson ? Math.max(1, refusals) : refusals + 1;
    Instant until = now.plus(after == null ? pause(inARow) : after);
    return new LearnedLimit(
        Math.min(limit, lowered),
        sum,
        sameLesson ? patience : Math.min(MOST_PATIENCE, patience * 2),
        0,
        inARow,
        until.isAfter(pausedUntil) ? until : pausedUntil);
  }

  /**
   * After the provider took a batch into its queue for good.
   *
   * @param heldBack whether a batch waits now that only this limit holds
   */
  public LearnedLimit accepted(boolean heldBack) {
    if (!heldBack || limit == Long.MAX_VALUE) {
      return new LearnedLimit(limit, ceiling, patience, credit, 0, pausedUntil);
    }
    if (credit + 1 < patience) {
      return new LearnedLimit(limit, ceiling, patience, credit + 1, 0, pausedUntil);
    }
    long raised = saturatedSum(limit, Math.ceilDiv(limit, RAISE));
    // Past what was refused once the old lesson is stale: the quota has grown.
    int next = limit > ceiling ? Math.max(1, patience / 2) : patience;
    return new LearnedLimit(raised, ceiling, next, 0, 0, pausedUntil);
  }

  /** Whether the provider has taught anything. */
  public boolean isLearned() {
    return limit != Long.MAX_VALUE;
  }

  private static Duration pause(int refusals) {
    Duration doubled = FIRST_PAUSE.multipliedBy(1L << Math.min(refusals - 1, MOST_DOUBLINGS));
    return doubled.compareTo(LONGEST_PAUSE) < 0 ? doubled : LONGEST_PAUSE;
  }

  private static long saturatedSum(long a, long b) {
    return a > Long.MAX_VALUE - b ? Long.MAX_VALUE : a + b;
  }
}
