package dev.offpeak.simulator.fault;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a fault does to a call. Parts can be combined; each is absent by default.
 *
 * @param status answers with this HTTP status instead
 * @param code the error code of that answer, for instance {@code insufficient_quota}
 * @param message the error message of that answer
 * @param headers more headers of the answer, for instance {@code retry-after}
 * @param afterEffect whether the call takes effect before it is answered so; else it never does
 * @param effectAfterMs the call takes effect this many real milliseconds after the answer: a late
 *     create that its caller holds for failed
 * @param delayMs real milliseconds before the answer
 * @param cut closes the connection instead of answering
 * @param truncateAfter closes the connection after this many bytes of the body
 * @param job what happens to the job that the call creates
 */
public record FaultAction(
    @Nullable Integer status,
    @Nullable String code,
    @Nullable String message,
    @Nullable Map<String, String> headers,
    boolean afterEffect,
    @Nullable Long effectAfterMs,
    @Nullable Long delayMs,
    boolean cut,
    @Nullable Long truncateAfter,
    @Nullable JobScript job) {
  /** Checks the numbers. */
  public FaultAction {
    if (status != null && (status < 400 || status > 599)) {
      throw new IllegalArgumentException("do.status is " + status + "; it must be 400 to 599");
    }
    if (status != null && cut) {
      throw new IllegalArgumentException("do.status and do.cut exclude each other");
    }
  }

  /** Whether the call is answered as if it had failed. */
  public boolean refuses() {
    return status != null || cut;
  }
}
