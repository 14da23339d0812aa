package dev.offpeak.simulator.gemini;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.offpeak.simulator.gemini.rules.GeminiLimits;
import dev.offpeak.simulator.gemini.wire.GeminiErrors;
import dev.offpeak.simulator.gemini.wire.Paging;
import dev.offpeak.simulator.gemini.wire.RpcCode;
import dev.offpeak.simulator.http.Exchange;
import dev.offpeak.simulator.http.Reply;
import dev.offpeak.simulator.json.Json;
import dev.offpeak.simulator.provider.Models;
import java.io.IOException;
import java.util.List;

/** {@code /v1beta/models}. */
final class ModelsApi {
  private static final Paging PAGING = new Paging("models", 50, 1000);
  private static final int READ_TOKENS = 1_048_576;
  private static final List<String> GENERATING =
      List.of("generateContent", "streamGenerateContent", "countTokens", "batchGenerateContent");
  private static final List<String> EMBEDDING =
      List.of("embedContent", "batchEmbedContents", "countTokens", "asyncBatchEmbedContent");

  private final GeminiLimits limits;
  private final Models models;

  ModelsApi(GeminiLimits limits) {
    this.limits = limits;
    models = new Models(limits.models());
  }

  Reply list(Exchange exchange) {
    return PAGING.reply(models.listed(), each -> each, exchange, this::write);
  }

  Reply get(Exchange exchange) {
    String model = exchange.path("call");
    if (!models.knows(model)) {
      throw GeminiErrors.refuse(
          RpcCode.NOT_FOUND,
          "Model is not found: models/%s for api version v1beta".formatted(model));
    }
    return Reply.json(200, Json.bytes(json -> write(json, model)));
  }

  private void write(JsonGenerator json, String model) throws IOException {
    boolean embeds = model.contains("embedding");
    json.writeStartObject();
    json.writeStringField("name", "models/" + model);
    json.writeStringField("version", "001");
    json.writeStringField("displayName", model);
    json.writeStringField("description", "Simulated");
    json.writeNumberField("inputTokenLimit", READ_TOKENS);
    json.writeNumberField("outputTokenLimit", embeds ? 1 : limits.maxOutputTokens());
    json.writeArrayFieldStart("supportedGenerationMethods");
    for (String method : embeds ? EMBEDDING : GENERATING) {
      json.writeString(method);
    }
    json.writeEndArray();
    json.writeEndObject();
  }
}
