package dev.offpeak.ingest.http;

import dev.offpeak.core.outcome.FailureCode;
import dev.offpeak.ingest.intake.IntakeReport;
import dev.offpeak.ingest.intake.Stop;
import dev.offpeak.ingest.line.UnfitBody;
import org.jspecify.annotations.Nullable;

/**
 * What a client is told of its lines.
 *
 * @param status 202 when the body was read to its end and at least one line was taken
 * @param json the counts and refusals, and an error when the status is not 202
 */
record IntakeAnswer(int status, byte[] json) {

  /** Nothing was sent. */
  static final ApiError EMPTY_BODY =
      new ApiError(400, "empty_body", "the body holds no request: send at least one JSON line");

  private static final String DUPLICATES =
      " Lines that are stored already do no harm: the same custom id with the same body is dropped"
          + " within the dedup window.";

  /**
   * The answer to a body that was read as far as the report says.
   *
   * @param batch its id; null when it is none
   */
  static IntakeAnswer to(IntakeReport report, @Nullable String batch) {
    var error = report.stop() == null ? ofWholeBody(report) : ofBrokenOff(report, report.stop());
    return new IntakeAnswer(error == null ? 202 : error.status(), Json.of(report, error, batch));
  }

  private static @Nullable ApiError ofWholeBody(IntakeReport report) {
    if (report.isEmpty()) {
      return EMPTY_BODY;
    }
    if (report.accepted() > 0) {
      return null;
    }
    if (report.refused() > 1) {
      return new ApiError(
          400,
          "all_lines_refused",
          "none of "
              + report.refused()
              + " lines was taken: the errors say why. A line must hold one whole request; jq -c"
              + " puts one that is spread over several lines on one");
    }
    var only = report.refusals().getFirst();
    boolean tooLarge = only.code().equals(FailureCode.REQUEST_TOO_LARGE.id());
    return new ApiError(tooLarge ? 413 : 400, only.code(), only.message());
  }

  private static ApiError ofBrokenOff(IntakeReport report, Stop stop) {
    return switch (stop) {
      case Stop.BodyOverLimit(long limit) ->
          new ApiError(
              413,
              "body_too_large",
              "the body has more than "
                  + limit
                  + " bytes (limits.body-bytes). "
                  + stored(report)
                  + " Send the rest in a body of its own.");
      case Stop.BodyBroken(String reason) ->
          new ApiError(
              400,
              "unreadable_body",
              "the body broke off or can't be decompressed (" + reason + "). " + stored(report));
      case Stop.BodyUnfit(var fault, String reason) -> unfit(fault, reason, stored(report));
      case Stop.KafkaFailed(long line, String reason) ->
          new ApiError(
              503,
              "kafka_unavailable",
              "Kafka does not take requests now ("
                  + reason
                  + "). "
                  + report.accepted()
                  + " lines are stored, among them every good line before line "
                  + line
                  + ". Send again from that line on."
                  + DUPLICATES);
      case Stop.ShuttingDown() ->
          new ApiError(
              503,
              "shutting_down",
              "the service is being stopped. " + stored(report) + " Send the rest again.");
    };
  }

  private static ApiError unfit(UnfitBody.Fault fault, String reason, String stored) {
    String message = "the body was not read to its end: " + reason + ". " + stored;
    return switch (fault) {
      case TOO_SLOW -> new ApiError(408, "body_too_slow", message);
      case INFLATES_TOO_MUCH -> new ApiError(413, "body_inflates_too_much", message);
      case TOO_MANY_BAD_LINES -> new ApiError(400, "too_many_bad_lines", message);
    };
  }

  private static String stored(IntakeReport report) {
    return report.lastLine() == 0
        ? "Nothing is stored."
        : "Every good line up to line " + report.lastLine() + " is stored.";
  }
}
