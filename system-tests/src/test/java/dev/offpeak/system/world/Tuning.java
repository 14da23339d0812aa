package dev.offpeak.system.world;

import java.time.Duration;

/**
 * How fast an installation under test works.
 *
 * @param linger of open batches
 * @param run how long the simulator's jobs run
 * @param settle longest time that a create without an answer is waited for
 * @param showing longest time that a job may be missing from lists
 * @param lease after which an intent is recorded again
 * @param session after which a silent instance loses its partitions
 * @param staticMembers whether instances keep their partitions over a quick restart
 */
public record Tuning(
    Duration linger,
    Duration run,
    Duration settle,
    Duration showing,
    Duration lease,
    Duration session,
    boolean staticMembers) {

  /** Fast, but with room for a machine that is busy with all these processes. */
  public static final Tuning FAST =
      new Tuning(
          Duration.ofSeconds(1),
          Duration.ofSeconds(1),
          Duration.ofSeconds(8),
          Duration.ofSeconds(3),
          Duration.ofSeconds(3),
          Duration.ofSeconds(8),
          true);

  /** The same with another linger. */
  public Tuning withLinger(Duration other) {
    return new Tuning(other, run, settle, showing, lease, session, staticMembers);
  }

  /** The same with other times for doubtful creates. */
  public Tuning withRecovery(Duration itsSettle, Duration itsShowing) {
    return new Tuning(linger, run, itsSettle, itsShowing, lease, session, staticMembers);
  }

  /** The same, with or without static members. */
  public Tuning withStaticMembers(boolean whether) {
    return new Tuning(linger, run, settle, showing, lease, session, whether);
  }
}
