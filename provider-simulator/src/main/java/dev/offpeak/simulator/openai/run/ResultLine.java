package dev.offpeak.simulator.openai.run;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.offpeak.simulator.answer.Answer;
import dev.offpeak.simulator.chance.Mix;
import dev.offpeak.simulator.json.Json;
import java.io.IOException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** A line of an output or error file. */
final class ResultLine {
  private ResultLine() {}

  /** The id of the line at a place of a batch. */
  static String id(long batchSeed, int place) {
    return "batch_req_" + hex(Mix.mix(batchSeed, place)) + hex(Mix.mix(batchSeed + 1, place));
  }

  private static String hex(long value) {
    return HexFormat.of().toHexDigits(value);
  }

  static void executed(
      JsonGenerator json, String id, String customId, Answer answer, Json.Writer body)
      throws IOException {
    json.writeStartObject();
    json.writeStringField("id", id);
    json.writeStringField("custom_id", customId);
    json.writeObjectFieldStart("response");
    json.writeNumberField("status_code", answer.status());
    if (answer.status() == 0) {
      json.writeStringField("request_id", "");
      json.writeStringField("body", "");
    } else {
      json.writeStringField("request_id", id.substring("batch_req_".length()));
      json.writeFieldName("body");
      body.write(json);
    }
    json.writeEndObject();
    json.writeNullField("error");
    json.writeEndObject();
  }

  static void notExecuted(
      JsonGenerator json, String id, @Nullable String customId, String code, String message)
      throws IOException {
    json.writeStartObject();
    json.writeStringField("id", id);
    json.writeStringField("custom_id", customId);
    json.writeNullField("response");
    json.writeObjectFieldStart("error");
    json.writeStringField("code", code);
    json.writeStringField("message", message);
    json.writeEndObject();
    json.writeEndObject();
  }
}
