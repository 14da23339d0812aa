package dev.offpeak.standalone.remote;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.util.ByteArrayBuilder;
import dev.offpeak.core.lane.LineShape;
import dev.offpeak.core.text.Visible;
import dev.offpeak.schemas.outcome.RawJson;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A line of a batch's output or error file.
 *
 * @param number of the line that it answers, counted from 1; 0 when it does not say
 * @param customId of the request
 * @param status that the provider answered with; 0 when it was not asked
 * @param body that it answered with, as it came
 * @param code why it was not asked
 * @param message likewise
 */
record OutputLine(
    long number,
    @Nullable String customId,
    int status,
    @Nullable ByteBuffer body,
    String code,
    String message) {

  private static final JsonFactory JSON =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder().maxStringLength(Integer.MAX_VALUE).build())
          .build();
  private static final int GOOD = 300;
  private static final int BAD_REQUEST = 400;

  /** Reads a line. */
  static OutputLine of(byte[] line) throws IOException {
    Reading reading = new Reading(line);
    try (JsonParser json = JSON.createParser(line)) {
      json.nextToken();
      reading.read(json, "");
    }
    return new OutputLine(
        reading.number,
        reading.customId,
        reading.status,
        reading.body,
        reading.code,
        reading.message);
  }

  /** A request that was not sent at all. */
  static OutputLine refused(@Nullable String customId, String code, String message) {
    return new OutputLine(0, customId, 0, null, code, message);
  }

  boolean succeeded() {
    return body != null && status < GOOD;
  }

  /** Why it failed. */
  String failure() {
    return code.isEmpty() ? "http_" + status : code;
  }

  /**
   * The outcome in the shape of its provider's own output.
   *
   * @param where the request stands, for failures
   */
  byte[] written(LineShape shape, String where) throws IOException {
    ByteArrayBuilder line = new ByteArrayBuilder();
    try (JsonGenerator out = JSON.createGenerator(line)) {
      out.writeStartObject();
      switch (shape) {
        case OPENAI -> openai(out);
        case ANTHROPIC -> anthropic(out);
        case GEMINI -> gemini(out);
      }
      if (!succeeded()) {
        out.writeObjectFieldStart("offpeak");
        out.writeStringField("code", failure());
        out.writeStringField("message", Visible.of(where + message));
        out.writeEndObject();
      }
      out.writeEndObject();
    }
    return line.toByteArray();
  }

  private void openai(JsonGenerator out) throws IOException {
    out.writeStringField("custom_id", customId);
    if (body == null) {
      out.writeNullField("response");
      out.writeObjectFieldStart("error");
      out.writeStringField("code", code);
      out.writeStringField("message", message);
      out.writeEndObject();
      return;
    }
    out.writeObjectFieldStart("response");
    out.writeNumberField("status_code", status);
    RawJson.write("body", body, out);
    out.writeEndObject();
    out.writeNullField("error");
  }

  private void anthropic(JsonGenerator out) throws IOException {
    out.writeStringField("custom_id", customId);
    out.writeObjectFieldStart("result");
    out.writeStringField(
        "type",
        switch (code) {
          case "batch_expired" -> "expired";
          case "batch_cancelled" -> "canceled";
          default -> succeeded() ? "succeeded" : "errored";
        });
    if (body != null) {
      RawJson.write(succeeded() ? "message" : "error", body, out);
    } else if (!code.startsWith("batch_")) {
      out.writeObjectFieldStart("error");
      out.writeStringField("type", "error");
      out.writeObjectFieldStart("error");
      out.writeStringField("type", code);
      out.writeStringField("message", message);
      out.writeEndObject();
      out.writeEndObject();
    }
    out.writeEndObject();
  }

  private void gemini(JsonGenerator out) throws IOException {
    out.writeStringField("key", customId);
    if (body != null) {
      RawJson.write(succeeded() ? "response" : "error", body, out);
      return;
    }
    out.writeObjectFieldStart("error");
    out.writeNumberField("code", BAD_REQUEST);
    out.writeStringField("message", message);
    out.writeStringField("status", code);
    out.writeEndObject();
  }

  /** The members that count, as they are met. */
  private static final class Reading {
    private final byte[] line;
    private long number;
    private @Nullable String customId;
    private int status;
    private @Nullable ByteBuffer body;
    private String code = "";
    private String message = "";

    Reading(byte[] line) {
      this.line = line;
    }

    void read(JsonParser json, String path) throws IOException {
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String at = path + json.currentName();
        JsonToken value = json.nextToken();
        boolean isObject = value == JsonToken.START_OBJECT;
        if (at.equals("response/body")) {
          int from = (int) json.currentTokenLocation().getByteOffset();
          json.skipChildren();
          json.finishToken();
          int to = (int) json.currentLocation().getByteOffset();
          body = ByteBuffer.wrap(line, from, to - from);
        } else if (isObject && (at.equals("response") || at.equals("error"))) {
          read(json, at + "/");
        } else if (value == JsonToken.VALUE_STRING) {
          take(at, json.getText());
        } else if (at.equals("response/status_code")) {
          status = json.getValueAsInt();
        } else {
          json.skipChildren();
        }
      }
    }

    private void take(String at, String text) {
      switch (at) {
        case "id" -> {
          // The gateway counts from 0.
          String digits = text.substring(text.lastIndexOf('_') + 1);
          number = digits.matches("\\d{1,9}") ? Long.parseLong(digits) + 1 : 0;
        }
        case "custom_id" -> customId = text;
        case "error/code" -> code = text;
        case "error/message" -> message = text;
        default -> {
          // Of no use here.
        }
      }
    }
  }
}
