package dev.offpeak.ingest.deferred;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.offpeak.ingest.http.Json;
import dev.offpeak.schemas.avro.GatewayBatch;
import dev.offpeak.schemas.avro.GatewayObject;
import java.io.IOException;
import java.util.Locale;

/** A call that waits, in the shape of its endpoint's answers, so that SDKs can read it. */
final class DeferredJson {

  private DeferredJson() {}

  static byte[] of(String id, GatewayObject object, GatewayBatch batch, String model) {
    return Json.object(json -> fields(json, id, object, batch, model));
  }

  private static void fields(
      JsonGenerator json, String id, GatewayObject object, GatewayBatch batch, String model)
      throws IOException {
    json.writeStringField("id", id);
    json.writeStringField("model", model);
    long created = object.getCreatedAt().getEpochSecond();
    switch (batch.getEndpoint()) {
      case "/v1/chat/completions" -> choices(json, "chat.completion", created);
      case "/v1/completions" -> choices(json, "text_completion", created);
      case "/v1/responses" -> {
        json.writeStringField("object", "response");
        json.writeNumberField("created_at", created);
        json.writeStringField("status", "queued");
        empty(json, "output");
        empty(json, "tools");
        json.writeStringField("tool_choice", "auto");
        json.writeBooleanField("parallel_tool_calls", true);
      }
      case "/v1/moderations" -> empty(json, "results");
      default -> {
        json.writeStringField("object", "list");
        empty(json, "data");
        json.writeObjectFieldStart("usage");
        json.writeNumberField("prompt_tokens", 0);
        json.writeNumberField("total_tokens", 0);
        json.writeEndObject();
      }
    }
    json.writeStringField("service_tier", "batch");
    json.writeObjectFieldStart("offpeak");
    json.writeStringField("status", batch.getStatus().name().toLowerCase(Locale.ROOT));
    json.writeStringField("batch_id", object.getId());
    json.writeEndObject();
  }

  private static void choices(JsonGenerator json, String object, long created) throws IOException {
    json.writeStringField("object", object);
    json.writeNumberField("created", created);
    empty(json, "choices");
  }

  private static void empty(JsonGenerator json, String name) throws IOException {
    json.writeArrayFieldStart(name);
    json.writeEndArray();
  }
}
