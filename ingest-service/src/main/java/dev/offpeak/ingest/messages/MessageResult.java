package dev.offpeak.ingest.messages;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.offpeak.core.outcome.FailureCode;
import dev.offpeak.ingest.batches.OutcomeLine;
import dev.offpeak.ingest.http.Json;
import dev.offpeak.ingest.line.JsonSpan;
import dev.offpeak.schemas.outcome.RawJson;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Outcomes as lines of Anthropic's results; a message stands in them as it came. */
final class MessageResult {

  private MessageResult() {}

  /** The line, with its end. */
  static byte[] of(OutcomeLine outcome) throws IOException {
    byte @Nullable [] error = errorResponse(outcome.body());
    byte[] line =
        Json.object(
            json -> {
              json.writeStringField("custom_id", outcome.customId());
              json.writeObjectFieldStart("result");
              json.writeStringField("type", type(outcome.end()));
              switch (outcome.end()) {
                case ANSWERED -> raw("message", outcome.body(), json);
                case FAILED -> {
                  if (error == null) {
                    error(outcome, json);
                  } else {
                    raw("error", error, json);
                  }
                }
                case CANCELLED, EXPIRED -> {
                  // There is nothing more to say.
                }
              }
              json.writeEndObject();
            });
    byte[] ended = Arrays.copyOf(line, line.length + 1);
    ended[line.length] = '\n';
    return ended;
  }

  private static String type(OutcomeLine.End end) {
    return switch (end) {
      case ANSWERED -> "succeeded";
      case FAILED -> "errored";
      case CANCELLED -> "canceled";
      case EXPIRED -> "expired";
    };
  }

  private static void raw(String name, byte @Nullable [] value, JsonGenerator json)
      throws IOException {
    RawJson.write(name, value == null ? null : ByteBuffer.wrap(value), json);
  }

  /** What the provider said, when it has the shape of an error of theirs. */
  private static byte @Nullable [] errorResponse(byte @Nullable [] body) throws IOException {
    return body == null || JsonSpan.of(body, "error", "type") == null ? null : body;
  }

  private static void error(OutcomeLine outcome, JsonGenerator json) throws IOException {
    json.writeObjectFieldStart("error");
    json.writeStringField("type", "error");
    json.writeObjectFieldStart("error");
    json.writeStringField("type", errorType(outcome));
    json.writeStringField("message", message(outcome));
    json.writeEndObject();
    json.writeNullField("request_id");
    json.writeEndObject();
  }

  /** Anthropic's own types end so; programs that know these would not know ours. */
  private static String errorType(OutcomeLine outcome) {
    if (outcome.code().endsWith("_error")) {
      return outcome.code();
    }
    if (outcome.code().equals(FailureCode.UNKNOWN_MODEL.id())) {
      return "not_found_error";
    }
    return outcome.isSendersFault() ? "invalid_request_error" : "api_error";
  }

  private static String message(OutcomeLine outcome) {
    if (outcome.code().endsWith("_error")) {
      return outcome.message();
    }
    return outcome.message() + (outcome.code().isEmpty() ? "" : " (" + outcome.code() + ")");
  }
}
