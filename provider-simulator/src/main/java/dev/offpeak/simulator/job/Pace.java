package dev.offpeak.simulator.job;

import java.time.Duration;

/**
 * How long a job stays in each state, in simulated time, even when its work is done sooner.
 *
 * @param validation until the input was checked
 * @param run from the first to the last executed line
 * @param finalizing from the last line until the results can be fetched
 * @param cancelling from the call to cancel until the job has ended
 */
public record Pace(Duration validation, Duration run, Duration finalizing, Duration cancelling) {
  /** As fast as the machine can. */
  public static final Pace AT_ONCE =
      new Pace(Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO);

  /** About two seconds a job: long enough to see each state. */
  public static final Pace DEMO =
      new Pace(
          Duration.ofMillis(300),
          Duration.ofMillis(1200),
          Duration.ofMillis(300),
          Duration.ofMillis(300));

  private static final int TICKS = 50;

  /**
   * How many lines should have been executed.
   *
   * @param lines all lines of the job
   * @param elapsedMillis since its first line
   */
  public int due(int lines, long elapsedMillis) {
    long runMillis = run.toMillis();
    if (elapsedMillis >= runMillis) {
      return lines;
    }
    long tick = TICKS * elapsedMillis / runMillis;
    return (int) (lines * tick / TICKS);
  }

  /** Milliseconds between two looks at a running job. */
  public long tickMillis() {
    return Math.max(1, run.toMillis() / TICKS);
  }
}
