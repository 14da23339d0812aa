package dev.offpeak.simulator.fault;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a fault does to a call. Parts can be combined; each is absent by default.
 *
 * @param status answers with this HTTP status instead
 * @param problem answers with the provider's error for this instead
 * @param code the error code of that answer, for instance {@code insufficient_quota}
 * @param message the error message of that answer
 * @param headers more headers of the answer
 * @param retry when that answer says that the call may be tried again
 * @param afterEffect whether the call takes effect before it is answered so; else it never does
 * @param effectAfterMs the call takes effect this many real milliseconds after the answer: a late
 *     create that its caller holds for failed
 * @param delayMs real milliseconds before the call takes effect
 * @param holdMs real milliseconds between the effect and the answer
 * @param cut closes the connection instead of answering
 * @param cutUploadAfter closes the connection after so many bytes of the caller's body have come in
 * @param truncateAfter closes the connection after this many bytes of the answer's body
 * @param revokeKey refuses the caller's key from this call on
 * @param hostile answers as no provider should
 * @param job what happens to the job that the call creates
 */
public record FaultAction(
    @Nullable Integer status,
    @Nullable Problem problem,
    @Nullable String code,
    @Nullable String message,
    @Nullable Map<String, String> headers,
    @Nullable RetryHint retry,
    boolean afterEffect,
    @Nullable Long effectAfterMs,
    long delayMs,
    long holdMs,
    boolean cut,
    @Nullable Long cutUploadAfter,
    @Nullable Long truncateAfter,
    boolean revokeKey,
    @Nullable Hostility hostile,
    @Nullable JobScript job) {
  /** Nothing. */
  public static final FaultAction NONE =
      new FaultAction(
          null, null, null, null, null, null, false, null, 0, 0, false, null, null, false, null,
          null);

  /** Checks the values. */
  public FaultAction {
    if (status != null && (status < 400 || status > 599)) {
      throw new IllegalArgumentException("do.status is " + status + "; it must be 400 to 599");
    }
    int answers =
        (status == null ? 0 : 1)
            + (problem == null ? 0 : 1)
            + (cut ? 1 : 0)
            + (hostile == null ? 0 : 1);
    if (answers > 1) {
      throw new IllegalArgumentException(
          "do.status, do.problem, do.cut and do.hostile exclude each other: a call has one answer");
    }
    if (delayMs < 0 || holdMs < 0) {
      throw new IllegalArgumentException("do.delay_ms and do.hold_ms must be 0 or more");
    }
  }

  /** Whether the call is answered as if it had failed. */
  public boolean refuses() {
    return status != null
        || problem != null
        || cut
        || (hostile != null && hostile.kind() == Hostility.Kind.INSTEAD);
  }

  /** What happens to the job that the call creates. */
  public JobScript script() {
    return job == null ? JobScript.NONE : job;
  }
}
