package dev.offpeak.simulator.fault;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What happens to one job, decided when it is created and kept with it.
 *
 * @param stuck the state that the job does not leave before its window is over; the names of all
 *     providers are understood
 * @param stuckAt this share of the requests is executed before the job is stuck while it runs, 0 to
 *     1; none when not given
 * @param windowMs its window is this many simulated milliseconds, instead of the provider's
 * @param overdueMs a job that is still running when its window is over goes on for so many
 *     simulated milliseconds, and expires only then
 * @param failCode fails validation with this code
 * @param failMessage the message of that failure
 * @param failParam the parameter that it names
 * @param failLine the line that it names, counted from 1
 * @param expireAt expires when this share of the requests was executed, 0 to 1
 * @param cancelAt is cancelled by somebody else when this share was executed, 0 to 1
 * @param hiddenMs the job cannot be found or listed for this many simulated milliseconds
 * @param failShare this share of the requests fails, 0 to 1
 * @param failStatus the HTTP status of those failures, 500 when not given
 * @param loseResults the results are gone when the job has ended: asking for them is a 404
 * @param missing this many executed and billed requests are left out of the results
 * @param duplicate this many requests stand twice in the results
 * @param foreign this many lines with unknown ids are added to the results
 * @param garbled this many lines of the results are cut in the middle
 */
public record JobScript(
    @Nullable String stuck,
    @Nullable Double stuckAt,
    @Nullable Long windowMs,
    long overdueMs,
    @Nullable String failCode,
    @Nullable String failMessage,
    @Nullable String failParam,
    @Nullable Integer failLine,
    @Nullable Double expireAt,
    @Nullable Double cancelAt,
    @Nullable Long hiddenMs,
    @Nullable Double failShare,
    @Nullable Integer failStatus,
    boolean loseResults,
    int missing,
    int duplicate,
    int foreign,
    int garbled) {
  /** Nothing out of the ordinary. */
  public static final JobScript NONE =
      new JobScript(
          null, null, null, 0, null, null, null, null, null, null, null, null, null, false, 0, 0, 0,
          0);

  private static final Set<String> STUCK_STATES =
      Set.of(
          "validating",
          "pending",
          "in_progress",
          "running",
          "finalizing",
          "cancelling",
          "canceling");
  private static final int USUAL_FAILURE = 500;

  /** Checks the values. */
  public JobScript {
    if (stuck != null && !STUCK_STATES.contains(stuck)) {
      throw new IllegalArgumentException(
          "do.job.stuck is '" + stuck + "'; it must be one of " + STUCK_STATES);
    }
    checkShare("stuck_at", stuckAt);
    checkShare("expire_at", expireAt);
    checkShare("cancel_at", cancelAt);
    checkShare("fail_share", failShare);
  }

  private static void checkShare(String name, @Nullable Double share) {
    if (share != null && !(share >= 0 && share <= 1)) {
      throw new IllegalArgumentException(
          "do.job." + name + " is " + share + "; it must be between 0 and 1");
    }
  }

  /** How many of the requests are executed before the job expires or is cancelled, else all. */
  public int stopsAt(int requests) {
    Double share = expireAt == null ? cancelAt : expireAt;
    return share == null ? requests : (int) Math.floor(requests * share);
  }

  /** How many of the requests are executed before the job is stuck while it runs. */
  public int stuckAfter(int requests) {
    return stuckAt == null ? 0 : (int) Math.floor(requests * stuckAt);
  }

  /** How long the job may take, in simulated milliseconds, when its provider allows so many. */
  public long windowMs(long usual) {
    return windowMs == null ? usual : windowMs;
  }

  /** The status with which the request at a place fails, null when it does not. */
  public @Nullable Integer failStatus(int place, int requests) {
    if (failShare == null || place >= failShare * requests) {
      return null;
    }
    return failStatus == null ? USUAL_FAILURE : failStatus;
  }

  /** What becomes of the line that is written at a place of the results. */
  public LineFate fate(int place) {
    if (place < missing) {
      return LineFate.MISSING;
    }
    if (place < missing + duplicate) {
      return LineFate.DUPLICATE;
    }
    return place < missing + duplicate + garbled ? LineFate.GARBLED : LineFate.PLAIN;
  }

  /** What becomes of a line of the results. */
  public enum LineFate {
    /** It is written once. */
    PLAIN,
    /** It is left out. */
    MISSING,
    /** It is written twice. */
    DUPLICATE,
    /** Only its first half is written. */
    GARBLED
  }
}
