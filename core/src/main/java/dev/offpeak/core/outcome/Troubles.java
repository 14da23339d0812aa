package dev.offpeak.core.outcome;

import static dev.offpeak.core.outcome.FailureCode.BATCH_CANCELLED;
import static dev.offpeak.core.outcome.FailureCode.BATCH_EXPIRED;
import static dev.offpeak.core.outcome.FailureCode.BATCH_FAILED;
import static dev.offpeak.core.outcome.FailureCode.DEADLINE_PASSED;
import static dev.offpeak.core.outcome.FailureCode.MISSING_FROM_OUTPUT;
import static dev.offpeak.core.outcome.FailureCode.PAYLOAD_EXPIRED;
import static dev.offpeak.core.outcome.FailureCode.RESPONSE_TOO_LARGE;
import static dev.offpeak.core.outcome.FailureCode.RESULTS_GONE;
import static dev.offpeak.core.outcome.FailureCode.RESULTS_UNDELIVERED;
import static dev.offpeak.core.outcome.FailureCode.SYNC_IN_DOUBT;
import static dev.offpeak.core.outcome.FailureCode.UNPROCESSABLE_RECORD;
import static dev.offpeak.core.outcome.FailureCode.UNREADABLE_RESPONSE;

import dev.offpeak.core.outcome.Trouble.As;
import java.time.Instant;

/**
 * The table of what went wrong. Offpeak itself tries again only what was certainly not billed: a
 * line that is missing or unreadable may have been executed and paid, so sending it again is for
 * the user to decide.
 */
public final class Troubles {

  private Troubles() {}

  /**
   * A request whose line is no success.
   *
   * @param kind any but {@link LineKind#SUCCEEDED}
   * @param code the provider's, in a line that errored
   * @param message the provider's, or what can't be read
   */
  public static Trouble ofLine(LineKind kind, String code, String message, JobEnd end) {
    return switch (kind) {
      case SUCCEEDED -> throw new IllegalArgumentException("an answered request has no trouble");
      case ERRORED_RETRYABLE ->
          new Trouble(code, message, FailureKind.RETRYABLE, As.ERRORED, true, true);
      case ERRORED_YOUR_INPUT ->
          new Trouble(code, message, FailureKind.YOUR_INPUT, As.ERRORED, false, false);
      case ERRORED_ACCOUNT ->
          new Trouble(code, message, FailureKind.ACCOUNT, As.ERRORED, false, true);
      case ERRORED_PROVIDER ->
          new Trouble(code, message, FailureKind.PROVIDER, As.ERRORED, false, true);
      case ERRORED_UNCLEAR -> ofUnclear(code, message);
      case EXPIRED -> of(BATCH_EXPIRED, message, As.EXPIRED, true);
      case CANCELED -> of(BATCH_CANCELLED, message, As.CANCELED, retriesCancelled(end));
      case UNREADABLE -> of(UNREADABLE_RESPONSE, message, As.ERRORED, false);
    };
  }

  /** It may be billed, so it is never tried again, and not said to be worth it. */
  private static Trouble ofUnclear(String code, String message) {
    FailureKind kind =
        FailureCode.of(code)
            .filter(FailureCode::mayBePaid)
            .map(FailureCode::kind)
            .orElse(FailureKind.PROVIDER);
    return new Trouble(code, message, kind, As.ERRORED, false, false);
  }

  /**
   * A request without a line.
   *
   * @param resultsGone whether some of the job's results could not be fetched any more
   * @param mayHaveRun whether its line may have got lost: the provider listed requests that it did
   *     not execute, and this one is not among them, or it counts more answers than there are lines
   */
  public static Trouble ofMissing(JobEnd end, boolean resultsGone, boolean mayHaveRun) {
    if (resultsGone) {
      return of(
          RESULTS_GONE,
          "the provider no longer has the job's results; the request may have been billed",
          As.ERRORED,
          false);
    }
    return switch (end.as()) {
      case FAILED -> ofFailedJob(end);
      case EXPIRED ->
          mayHaveRun
              ? missing()
              : of(
                  BATCH_EXPIRED,
                  end.problemOr("the provider's window ended before the request was executed"),
                  As.EXPIRED,
                  true);
      case CANCELLED ->
          mayHaveRun
              ? missing()
              : of(
                  BATCH_CANCELLED,
                  end.problemOr("the batch was cancelled before the request was executed"),
                  As.CANCELED,
                  end.retryable());
      case COMPLETED -> missing();
    };
  }

  /**
   * A request whose results the provider did not give.
   *
   * @param what it said or did at last, for a person
   */
  public static Trouble ofUndelivered(String what) {
    return of(
        RESULTS_UNDELIVERED,
        "the provider did not deliver the results ("
            + what
            + "); they may still be there, and the request may have been billed",
        As.ERRORED,
        false);
  }

  /** A request that the provider refused by its line when it validated the file. */
  public static Trouble ofInvalidLine(String code, String message, JobEnd end) {
    FailureKind kind = kindOf(code, FailureKind.YOUR_INPUT);
    return new Trouble(code, message, kind, executed(end), false, kind != FailureKind.YOUR_INPUT);
  }

  /** A request whose own record has expired from llm.lanes, so that its key and id are unknown. */
  public static Trouble ofLostRequest(int partition, long offset, boolean answered) {
    return new Trouble(
        PAYLOAD_EXPIRED.id(),
        "the request at partition "
            + partition
            + ", offset "
            + offset
            + " has expired from llm.lanes, and with it its key, id and headers"
            + (answered ? "; its answer is in response_body" : "")
            + "; keep llm.lanes longer than linger and the provider's window times attempts",
        PAYLOAD_EXPIRED.kind(),
        As.ERRORED,
        false,
        !answered);
  }

  /**
   * An answer that does not fit into a record. It is paid for, so the message says where it still
   * is.
   *
   * @param where it can be had, for a person
   */
  public static Trouble ofTooLarge(long bytes, long limit, String where) {
    return of(
        RESPONSE_TOO_LARGE,
        "the outcome has "
            + bytes
            + " bytes, records may have "
            + limit
            + " (limits.response-bytes); the answer is paid for and still in "
            + where,
        As.ERRORED,
        false);
  }

  /**
   * A record that can't be processed, or whose outcome can't be made, for a reason within it.
   *
   * @param what for a person
   */
  public static Trouble ofUnprocessable(String what) {
    return of(UNPROCESSABLE_RECORD, what, As.ERRORED, false);
  }

  /**
   * A synchronous call of which nobody knows what came of it.
   *
   * @param what for a person, such as {@code the connection broke}
   */
  public static Trouble ofSyncDoubt(String what) {
    return of(
        SYNC_IN_DOUBT,
        what
            + "; it may have been executed and billed, so it is not called again by itself:"
            + " 'offpeak retry-failures --code sync_in_doubt' sends it again",
        As.ERRORED,
        false);
  }

  /**
   * A synchronous call that the provider refused unexecuted until there was no time left.
   *
   * @param code the provider's
   * @param message the provider's
   */
  public static Trouble ofSyncRefused(String code, String message, Instant deadline) {
    return new Trouble(
        code,
        message + " (not called again: its deadline " + deadline + " is too near)",
        FailureKind.RETRYABLE,
        As.ERRORED,
        false,
        true);
  }

  /** A request that was cancelled while it waited for a synchronous call. */
  public static Trouble ofCancelledCall(Instant cancelledAt) {
    return of(
        BATCH_CANCELLED,
        "cancelled at "
            + cancelledAt
            + ", before it was called; a replay id executes it nevertheless",
        As.CANCELED,
        false);
  }

  /** A request whose deadline was over before it could be called. */
  public static Trouble ofPassedDeadline(Instant deadline) {
    return of(
        DEADLINE_PASSED,
        "the deadline " + deadline + " was over before the request could be called",
        As.REJECTED,
        false);
  }

  private static Trouble missing() {
    return of(
        MISSING_FROM_OUTPUT,
        "the provider's results have no line for this request; it may have been billed",
        As.ERRORED,
        false);
  }

  /** A job that the provider refuses for good has something wrong in its requests. */
  private static Trouble ofFailedJob(JobEnd end) {
    String code = end.code() == null ? BATCH_FAILED.id() : end.code();
    FailureKind otherwise = end.retryable() ? FailureKind.RETRYABLE : FailureKind.YOUR_INPUT;
    FailureKind kind = kindOf(code, otherwise);
    return new Trouble(
        code,
        end.problemOr("the job failed as a whole"),
        kind,
        executed(end),
        end.retryable(),
        kind != FailureKind.YOUR_INPUT && isRetryable(code));
  }

  private static As executed(JobEnd end) {
    return end.reachedProvider() ? As.ERRORED : As.REJECTED;
  }

  /** A request cancelled within a job that was not is the provider's whim, and tried again. */
  private static boolean retriesCancelled(JobEnd end) {
    return end.as() != JobEnd.As.CANCELLED || end.retryable();
  }

  private static FailureKind kindOf(String code, FailureKind otherwise) {
    return FailureCode.of(code).map(FailureCode::kind).orElse(otherwise);
  }

  private static boolean isRetryable(String code) {
    return FailureCode.of(code).map(FailureCode::isRetryable).orElse(true);
  }

  private static Trouble of(FailureCode code, String message, As as, boolean tryAgain) {
    return new Trouble(code.id(), message, code.kind(), as, tryAgain, code.isRetryable());
  }
}
