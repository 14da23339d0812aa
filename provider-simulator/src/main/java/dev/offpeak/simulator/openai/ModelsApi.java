package dev.offpeak.simulator.openai;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.offpeak.simulator.http.Exchange;
import dev.offpeak.simulator.http.Reply;
import dev.offpeak.simulator.json.Json;
import dev.offpeak.simulator.openai.rules.OpenAiLimits;
import dev.offpeak.simulator.openai.wire.OpenAiErrors;
import dev.offpeak.simulator.provider.Models;
import java.io.IOException;

/** {@code /v1/models}. */
final class ModelsApi {
  private static final long CREATED = 1_735_689_600L;

  private final Models models;

  ModelsApi(OpenAiLimits limits) {
    models = new Models(limits.models());
  }

  Reply list() {
    return Reply.json(
        200,
        Json.bytes(
            json -> {
              json.writeStartObject();
              json.writeStringField("object", "list");
              json.writeArrayFieldStart("data");
              for (String model : models.listed()) {
                write(json, model);
              }
              json.writeEndArray();
              json.writeEndObject();
            }));
  }

  Reply get(Exchange exchange) {
    String model = exchange.path("model");
    if (!models.knows(model)) {
      throw OpenAiErrors.noModel(model);
    }
    return Reply.json(200, Json.bytes(json -> write(json, model)));
  }

  private static void write(JsonGenerator json, String model) throws IOException {
    json.writeStartObject();
    json.writeStringField("id", model);
    json.writeStringField("object", "model");
    json.writeNumberField("created", CREATED);
    json.writeStringField("owned_by", "system");
    json.writeEndObject();
  }
}
