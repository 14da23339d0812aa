package dev.offpeak.ingest.batches;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.offpeak.ingest.line.JsonSpan;
import dev.offpeak.schemas.avro.LlmFailure;
import dev.offpeak.schemas.avro.LlmResult;
import dev.offpeak.schemas.outcome.RawJson;
import dev.offpeak.schemas.record.RecordFault;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Outcomes as lines of OpenAI's output and error files; a provider's body stands in them as it
 * came.
 */
final class OutputLine {

  private static final JsonFactory FACTORY = new JsonFactory();

  private OutputLine() {}

  /**
   * The line of an outcome.
   *
   * @param ending why its batch ends; null when it runs to its end
   */
  static byte[] of(LineKey key, Outcome outcome, @Nullable Ending ending) {
    try {
      return written(key, outcome, ending);
    } catch (RuntimeException e) {
      if (RecordFault.isOnRecord(e)) {
        return written(key, new Outcome.Unreadable(RecordFault.words(e)), ending);
      }
      throw e;
    }
  }

  private static byte[] written(LineKey key, Outcome outcome, @Nullable Ending ending) {
    return switch (outcome) {
      case Outcome.Written(byte[] line, boolean _) -> withEnd(line);
      case Outcome.Answered(LlmResult result) ->
          line(
              key,
              result.getCustomId(),
              result.getStatusCode(),
              result.getProviderRequestId(),
              result.getBody());
      case Outcome.Failed(LlmFailure failure)
          when failure.getResponseBody() != null && failure.getStatusCode() != null ->
          line(
              key, failure.getCustomId(), failure.getStatusCode(), null, failure.getResponseBody());
      case Outcome.Failed(LlmFailure failure) ->
          refused(key, failure.getCustomId(), code(failure, ending), failure.getMessage());
      case Outcome.Duplicate(String customId) ->
          refused(
              key,
              customId,
              "duplicate_request",
              "The same request was sent before, and its outcome is there.");
      case Outcome.Unreadable(String why) -> refused(key, null, "unreadable_outcome", why);
    };
  }

  /** The custom id that an outcome names; null when none can be read. */
  static @Nullable String customId(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Answered(LlmResult result) -> result.getCustomId();
      case Outcome.Failed(LlmFailure failure) -> failure.getCustomId();
      case Outcome.Duplicate(String customId) -> customId;
      case Outcome.Written(byte[] line, boolean _) -> writtenId(line);
      case Outcome.Unreadable _ -> null;
    };
  }

  private static @Nullable String writtenId(byte[] line) {
    try {
      JsonSpan span = JsonSpan.of(line, "custom_id");
      if (span == null) {
        return null;
      }
      try (JsonParser json = FACTORY.createParser(span.valueIn(line))) {
        return json.nextToken() == JsonToken.VALUE_STRING ? json.getText() : null;
      }
    } catch (IOException e) {
      return null;
    }
  }

  /** The line of a request that was never sent. */
  static byte[] refused(LineKey key, @Nullable String customId, String code, String message) {
    return line(
        key,
        customId,
        json -> {
          json.writeNullField("response");
          json.writeObjectFieldStart("error");
          json.writeStringField("code", code);
          json.writeStringField("message", message);
          json.writeEndObject();
        });
  }

  private static String code(LlmFailure failure, @Nullable Ending ending) {
    return switch (failure.getOutcome()) {
      case EXPIRED -> Ending.EXPIRED.code();
      // It may be the end of its window that had it cancelled.
      case CANCELED -> ending == null ? Ending.CANCELLED.code() : ending.code();
      case REJECTED, ERRORED -> failure.getCode();
    };
  }

  private static byte[] line(
      LineKey key,
      @Nullable String customId,
      int status,
      @Nullable String requestId,
      ByteBuffer body) {
    return line(
        key,
        customId,
        json -> {
          json.writeObjectFieldStart("response");
          json.writeNumberField("status_code", status);
          json.writeStringField("request_id", requestId == null ? id(key, "req_") : requestId);
          RawJson.write("body", body, json);
          json.writeEndObject();
          json.writeNullField("error");
        });
  }

  private static String id(LineKey key, String prefix) {
    return prefix + key.batch().substring("batch_".length()) + "_" + key.line();
  }

  @FunctionalInterface
  private interface Rest {
    void write(JsonGenerator json) throws IOException;
  }

  private static byte[] line(LineKey key, @Nullable String customId, Rest rest) {
    var bytes = new ByteArrayOutputStream();
    try (JsonGenerator json = FACTORY.createGenerator(bytes)) {
      json.writeStartObject();
      json.writeStringField("id", id(key, "batch_req_"));
      json.writeStringField("custom_id", customId);
      rest.write(json);
      json.writeEndObject();
    } catch (IOException e) {
      // Memory takes all; it is what the outcome holds that can't be written.
      throw new IllegalArgumentException("an outcome can't be written as JSON", e);
    }
    bytes.write('\n');
    return bytes.toByteArray();
  }

  private static byte[] withEnd(byte[] line) {
    byte[] ended = Arrays.copyOf(line, line.length + 1);
    ended[line.length] = '\n';
    return ended;
  }
}
