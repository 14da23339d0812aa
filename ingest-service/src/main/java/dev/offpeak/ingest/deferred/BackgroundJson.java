package dev.offpeak.ingest.deferred;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.offpeak.ingest.http.ApiError;
import dev.offpeak.ingest.http.ApiException;
import dev.offpeak.ingest.http.Json;
import dev.offpeak.ingest.line.JsonSpan;
import dev.offpeak.schemas.avro.GatewayBatch;
import dev.offpeak.schemas.avro.GatewayBatchStatus;
import dev.offpeak.schemas.avro.GatewayObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Responses in the background, as OpenAI's API shows them. */
final class BackgroundJson {

  private BackgroundJson() {}

  /** One that waits, or runs. */
  static byte[] waiting(String id, GatewayObject object, GatewayBatch batch) {
    boolean isQueued =
        batch.getStatus() == GatewayBatchStatus.VALIDATING || batch.getFed() < batch.getLines();
    return of(id, object, batch, isQueued ? "queued" : "in_progress", null);
  }

  static byte[] cancelled(String id, GatewayObject object, GatewayBatch batch) {
    return of(id, object, batch, "cancelled", null);
  }

  /** One that is over. */
  static byte[] over(String id, GatewayObject object, GatewayBatch batch, Answers.Answer answer) {
    return switch (answer) {
      case Answers.Answer.Given(int status, byte[] body) when status < 300 -> withId(id, body);
      case Answers.Answer.Given(int status, byte[] body) ->
          of(id, object, batch, "failed", new ApiError(status, "server_error", message(body)));
      case Answers.Answer.None(ApiError why) -> of(id, object, batch, "failed", why);
    };
  }

  /** The provider's answer, but that its id is the one under which it is asked for. */
  private static byte[] withId(String id, byte[] body) {
    try {
      byte[] own = replace(body, JsonSpan.of(body, "id"), '"' + id + '"');
      return replace(own, JsonSpan.of(own, "background"), "true");
    } catch (IOException e) {
      throw new ApiException(new ApiError(500, "internal_error", "the answer can't be read"));
    }
  }

  private static byte[] replace(byte[] json, @Nullable JsonSpan member, String value) {
    if (member == null) {
      return json;
    }
    var out = new ByteArrayOutputStream(json.length + value.length());
    out.write(json, 0, member.value());
    out.writeBytes(value.getBytes(UTF_8));
    out.write(json, member.end(), json.length - member.end());
    return out.toByteArray();
  }

  private static String message(byte[] body) {
    try {
      JsonSpan message = JsonSpan.of(body, "error", "message");
      String text = message == null ? "" : new String(message.valueIn(body), UTF_8).strip();
      return text.length() > 2 && text.startsWith("\"")
          ? text.substring(1, text.length() - 1)
          : "the provider refuses the request";
    } catch (IOException e) {
      return "the provider refuses the request";
    }
  }

  private static byte[] of(
      String id,
      GatewayObject object,
      GatewayBatch batch,
      String status,
      @Nullable ApiError error) {
    return Json.object(
        json -> {
          json.writeStringField("id", id);
          json.writeStringField("object", "response");
          json.writeNumberField("created_at", object.getCreatedAt().getEpochSecond());
          json.writeStringField("status", status);
          json.writeBooleanField("background", true);
          json.writeStringField("model", Objects.requireNonNullElse(batch.getModel(), ""));
          error(json, error);
          json.writeNullField("incomplete_details");
          json.writeNullField("instructions");
          json.writeNullField("metadata");
          array(json, "output");
          json.writeBooleanField("parallel_tool_calls", true);
          json.writeNullField("temperature");
          json.writeNullField("top_p");
          json.writeStringField("tool_choice", "auto");
          array(json, "tools");
          json.writeNullField("usage");
          json.writeObjectFieldStart("offpeak");
          json.writeStringField("batch_id", object.getId());
          json.writeEndObject();
        });
  }

  private static void error(JsonGenerator json, @Nullable ApiError error) throws IOException {
    if (error == null) {
      json.writeNullField("error");
      return;
    }
    json.writeObjectFieldStart("error");
    json.writeStringField("code", error.code());
    json.writeStringField("message", error.message());
    json.writeEndObject();
  }

  private static void array(JsonGenerator json, String name) throws IOException {
    json.writeArrayFieldStart(name);
    json.writeEndArray();
  }
}
