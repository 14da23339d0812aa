package dev.offpeak.simulator.anthropic;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.offpeak.simulator.anthropic.rules.AnthropicLimits;
import dev.offpeak.simulator.anthropic.wire.AnthropicErrors;
import dev.offpeak.simulator.http.Exchange;
import dev.offpeak.simulator.http.Reply;
import dev.offpeak.simulator.json.Json;
import dev.offpeak.simulator.provider.Models;
import dev.offpeak.simulator.provider.Page;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** {@code /v1/models}. */
final class ModelsApi {
  private static final int MOST = 1000;
  private static final int READ_TOKENS = 200_000;

  private final AnthropicLimits limits;
  private final Models models;

  ModelsApi(AnthropicLimits limits) {
    this.limits = limits;
    models = new Models(limits.models());
  }

  Reply list(Exchange exchange) {
    int limit = Page.limit(exchange.query("limit").orElse("20"), MOST);
    if (limit == 0) {
      throw AnthropicErrors.refuse("limit: Input should be from 1 to " + MOST);
    }
    List<String> all = models.listed();
    int after = exchange.query("after_id").map(all::indexOf).orElse(-1);
    Page<String> page =
        exchange
            .query("before_id")
            .map(id -> Page.before(all, each -> each, Math.max(0, all.indexOf(id)), limit))
            .orElseGet(() -> Page.from(all, each -> each, after + 1, limit));
    return Reply.json(
        200,
        Json.bytes(
            json -> {
              json.writeStartObject();
              page.writeFields(json, this::write);
              json.writeEndObject();
            }));
  }

  Reply get(Exchange exchange) {
    String model = exchange.path("model");
    if (!models.knows(model)) {
      throw AnthropicErrors.notFound("model: " + model);
    }
    return Reply.json(200, Json.bytes(json -> write(json, model)));
  }

  private void write(JsonGenerator json, String model) throws IOException {
    json.writeStartObject();
    json.writeStringField("type", "model");
    json.writeStringField("id", model);
    json.writeStringField("display_name", spoken(model));
    json.writeStringField("created_at", "2025-01-01T00:00:00Z");
    json.writeNumberField("max_input_tokens", READ_TOKENS);
    json.writeNumberField("max_tokens", limits.maxOutputTokens());
    json.writeEndObject();
  }

  /** {@code claude-haiku-4-5} is spoken of as Claude Haiku 4 5. */
  private static String spoken(String model) {
    return Arrays.stream(model.split("-", -1))
        .filter(word -> !word.isEmpty())
        .map(word -> word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1))
        .collect(Collectors.joining(" "));
  }
}
