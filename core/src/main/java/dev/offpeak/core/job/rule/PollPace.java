package dev.offpeak.core.job.rule;

import dev.offpeak.core.job.Moment;
import dev.offpeak.core.provider.ProviderJob.Phase;
import java.time.Duration;
import java.time.Instant;

/**
 * How often a running job is looked at. A job that has run for long is likely to run for long, so
 * the wait is a part of its age; a job that is about to end is looked at more often.
 *
 * @param shortest wait between two looks
 * @param longest wait between two looks
 */
public record PollPace(Duration shortest, Duration longest) {

  private static final int PART_OF_AGE = 10;
  private static final int PART_OF_AGE_AT_THE_END = 50;

  /** Of the wait, up or down, so that jobs made together are not looked at together. */
  private static final double JITTER = 0.2;

  public PollPace {
    if (!shortest.isPositive() || longest.compareTo(shortest) < 0) {
      throw new IllegalArgumentException(
          "polls are "
              + shortest
              + " to "
              + longest
              + " apart; the shortest must be positive and the smaller");
    }
  }

  /**
   * When to look again.
   *
   * @param submitted when the job was submitted
   */
  public Instant next(Phase phase, Instant submitted, Moment at) {
    Duration age = Duration.between(submitted, at.now());
    boolean ending = phase == Phase.FINALIZING || phase == Phase.CANCELLING;
    Duration wished = age.dividedBy(ending ? PART_OF_AGE_AT_THE_END : PART_OF_AGE);
    Duration wait = min(longest, max(shortest, wished));
    double share = 1 - JITTER + 2 * JITTER * at.chance();
    return at.now().plus(max(shortest, Duration.ofNanos((long) (wait.toNanos() * share))));
  }

  private static Duration min(Duration a, Duration b) {
    return a.compareTo(b) < 0 ? a : b;
  }

  private static Duration max(Duration a, Duration b) {
    return a.compareTo(b) > 0 ? a : b;
  }
}
