package dev.offpeak.core.job.rule;

import dev.offpeak.core.job.Moment;
import dev.offpeak.core.job.Refusal;
import java.time.Duration;
import java.time.Instant;

/**
 * How long to wait after a call that failed: as long as the provider says, else exponentially
 * longer, between half and all of the ceiling by chance.
 *
 * @param first ceiling of the wait after one failure
 * @param longest ceiling that is never exceeded, unless the provider says so
 */
public record Waits(Duration first, Duration longest) {

  private static final int MOST_DOUBLINGS = 30;

  /** Above what the provider says, so that those who wait do not all come at once. */
  private static final double SPREAD = 0.1;

  public Waits {
    if (!first.isPositive() || longest.compareTo(first) < 0) {
      throw new IllegalArgumentException(
          "waits are " + first + " to " + longest + "; the first must be positive and the smaller");
    }
  }

  /**
   * When to try again.
   *
   * @param inARow calls that have failed since the last success, 1 or more
   */
  public Instant after(Refusal refusal, int inARow, Moment at) {
    Duration said = refusal.after();
    if (said != null) {
      return at.now().plus(said).plus(part(said, SPREAD * at.chance()));
    }
    return afterBreakdown(inARow, at);
  }

  /**
   * When to try again after our own side has failed.
   *
   * @param inARow failures since the last success, 1 or more
   */
  public Instant afterBreakdown(int inARow, Moment at) {
    Duration doubled = first.multipliedBy(1L << Math.min(Math.max(inARow - 1, 0), MOST_DOUBLINGS));
    Duration ceiling = doubled.compareTo(longest) < 0 ? doubled : longest;
    return at.now().plus(part(ceiling, 0.5 + at.chance() / 2));
  }

  private static Duration part(Duration whole, double share) {
    return Duration.ofNanos((long) (whole.toNanos() * share));
  }
}
