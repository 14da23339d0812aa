package dev.offpeak.simulator.fault;

import org.jspecify.annotations.Nullable;

/**
 * What happens to one job, decided when it is created and kept with it.
 *
 * @param stuck the state that the job does not leave before its window is over
 * @param failCode fails validation with this code
 * @param failMessage the message of that failure
 * @param failParam the parameter that it names
 * @param failLine the line that it names, counted from 1
 * @param expireAt expires when this share of the lines was executed, 0 to 1
 * @param hiddenMs the job cannot be found or listed for this many simulated milliseconds
 * @param missing this many executed and billed lines are left out of the results
 * @param duplicate this many lines stand twice in the results
 * @param foreign this many lines with unknown ids are added to the results
 * @param garbled this many lines of the results are cut in the middle
 */
public record JobScript(
    @Nullable String stuck,
    @Nullable String failCode,
    @Nullable String failMessage,
    @Nullable String failParam,
    @Nullable Integer failLine,
    @Nullable Double expireAt,
    @Nullable Long hiddenMs,
    int missing,
    int duplicate,
    int foreign,
    int garbled) {
  /** Nothing out of the ordinary. */
  public static final JobScript NONE =
      new JobScript(null, null, null, null, null, null, null, 0, 0, 0, 0);

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
