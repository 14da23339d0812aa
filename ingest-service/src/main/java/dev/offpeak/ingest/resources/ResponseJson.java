package dev.offpeak.ingest.resources;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.offpeak.core.outcome.FailureCode;
import dev.offpeak.ingest.batches.OutcomeLine;
import dev.offpeak.ingest.line.JsonSpan;
import dev.offpeak.schemas.outcome.RawJson;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Locale;
import java.util.Map;

/** Outcomes as Gemini has them; a response stands in them as it came. */
final class ResponseJson {

  private static final int UNKNOWN = 2;

  /** Numbers of google.rpc.Code that stand in outcomes. */
  private static final Map<String, Integer> CODES =
      Map.ofEntries(
          Map.entry("CANCELLED", 1),
          Map.entry("INVALID_ARGUMENT", 3),
          Map.entry("DEADLINE_EXCEEDED", 4),
          Map.entry("NOT_FOUND", 5),
          Map.entry("ALREADY_EXISTS", 6),
          Map.entry("PERMISSION_DENIED", 7),
          Map.entry("RESOURCE_EXHAUSTED", 8),
          Map.entry("FAILED_PRECONDITION", 9),
          Map.entry("ABORTED", 10),
          Map.entry("OUT_OF_RANGE", 11),
          Map.entry("UNIMPLEMENTED", 12),
          Map.entry("INTERNAL", 13),
          Map.entry("UNAVAILABLE", 14),
          Map.entry("DATA_LOSS", 15),
          Map.entry("UNAUTHENTICATED", 16));

  private ResponseJson() {}

  /** Writes the member {@code response} or {@code error}. */
  static void write(JsonGenerator json, OutcomeLine outcome) throws IOException {
    byte[] body = outcome.body();
    switch (outcome.end()) {
      case ANSWERED -> RawJson.write("response", body == null ? null : ByteBuffer.wrap(body), json);
      case CANCELLED -> error(json, "CANCELLED", outcome.message());
      case EXPIRED -> error(json, "DEADLINE_EXCEEDED", outcome.message());
      case FAILED -> {
        if (body == null || !writeError(json, body)) {
          error(json, status(outcome), message(outcome));
        }
      }
    }
  }

  /** What the provider said, when it has the shape of an error of theirs, within one or not. */
  private static boolean writeError(JsonGenerator json, byte[] body) throws IOException {
    JsonSpan within = JsonSpan.of(body, "error");
    byte[] error = within == null ? body : within.valueIn(body);
    if (error[0] != '{'
        || JsonSpan.of(error, "code") == null
        || JsonSpan.of(error, "message") == null) {
      return false;
    }
    RawJson.write("error", ByteBuffer.wrap(error), json);
    return true;
  }

  /** Theirs as it is; ours are in lower case. */
  private static String status(OutcomeLine outcome) {
    String upper = outcome.code().toUpperCase(Locale.ROOT);
    if (CODES.containsKey(upper)) {
      return upper;
    }
    if (outcome.code().equals(FailureCode.UNKNOWN_MODEL.id())) {
      return "NOT_FOUND";
    }
    return outcome.isSendersFault() ? "INVALID_ARGUMENT" : "UNKNOWN";
  }

  private static String message(OutcomeLine outcome) {
    boolean isTheirs = CODES.containsKey(outcome.code().toUpperCase(Locale.ROOT));
    return isTheirs || outcome.code().isEmpty()
        ? outcome.message()
        : outcome.message() + " (" + outcome.code() + ")";
  }

  /** Writes an error of that status. */
  static void error(JsonGenerator json, String status, String message) throws IOException {
    json.writeObjectFieldStart("error");
    json.writeNumberField("code", CODES.getOrDefault(status, UNKNOWN));
    json.writeStringField("message", message);
    json.writeStringField("status", status);
    json.writeEndObject();
  }
}
