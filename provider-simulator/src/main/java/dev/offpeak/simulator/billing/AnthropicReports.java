package dev.offpeak.simulator.billing;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.offpeak.simulator.json.Json;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Anthropic's reports of usage and of cost. */
final class AnthropicReports {
  private static final String WINDOW = "0-200k";

  private final SimulatedPrices prices;

  AnthropicReports(SimulatedPrices prices) {
    this.prices = prices;
  }

  private interface Results {
    void write(JsonGenerator json, long start) throws IOException;
  }

  private static byte[] page(Windows windows, Results results) {
    return Json.bytes(
        json -> {
          json.writeStartObject();
          json.writeArrayFieldStart("data");
          for (long start : windows.starts()) {
            json.writeStartObject();
            json.writeStringField("starting_at", time(start));
            json.writeStringField("ending_at", time(start + windows.width()));
            json.writeArrayFieldStart("results");
            results.write(json, start);
            json.writeEndArray();
            json.writeEndObject();
          }
          json.writeEndArray();
          json.writeBooleanField("has_more", windows.nextPage() != null);
          json.writeStringField("next_page", windows.nextPage());
          json.writeEndObject();
        });
  }

  private static String time(long millis) {
    return Instant.ofEpochMilli(millis).toString();
  }

  /** A page of usage. */
  byte[] usage(Windows windows, List<Charge> charges, Set<String> by) {
    return page(
        windows,
        (json, start) -> {
          for (Grouped group : Grouped.of(windows.in(start, charges), by)) {
            usage(json, group);
          }
        });
  }

  private static void usage(JsonGenerator json, Grouped group) throws IOException {
    Charge.Tokens tokens = group.tokens();
    json.writeStartObject();
    json.writeNumberField("uncached_input_tokens", tokens.input());
    json.writeObjectFieldStart("cache_creation");
    json.writeNumberField("ephemeral_5m_input_tokens", tokens.written());
    json.writeNumberField("ephemeral_1h_input_tokens", 0);
    json.writeEndObject();
    json.writeNumberField("cache_read_input_tokens", tokens.cached());
    json.writeNumberField("output_tokens", tokens.output());
    json.writeObjectFieldStart("server_tool_use");
    json.writeNumberField("web_search_requests", 0);
    json.writeEndObject();
    json.writeStringField("api_key_id", group.key());
    json.writeStringField("workspace_id", group.project());
    json.writeStringField("model", group.model());
    json.writeStringField("service_tier", tier(group));
    json.writeStringField("context_window", null);
    json.writeEndObject();
  }

  private static @Nullable String tier(Grouped group) {
    return group.batch() == null ? null : group.batch() ? "batch" : "standard";
  }

  /** A page of costs, in cents. */
  byte[] costs(Windows windows, List<Charge> charges, Set<String> by) {
    return page(
        windows,
        (json, start) -> {
          List<Charge> of = windows.in(start, charges);
          if (!by.contains("description")) {
            for (Grouped group : Grouped.of(of, by)) {
              BigDecimal all = BigDecimal.ZERO;
              for (Meter meter : Meter.values()) {
                all = all.add(usd(group, meter));
              }
              cost(json, group, null, all);
            }
            return;
          }
          Set<String> described =
              by.contains("workspace_id")
                  ? Set.of("workspace_id", "model", "service_tier")
                  : Set.of("model", "service_tier");
          for (Grouped group : Grouped.of(of, described)) {
            for (Meter meter : Meter.values()) {
              if (group.tokens().of(meter) > 0) {
                cost(json, group, meter, usd(group, meter));
              }
            }
          }
        });
  }

  private BigDecimal usd(Grouped group, Meter meter) {
    return group.charges().stream()
        .map(charge -> charge.usd(prices, meter))
        .reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  private static void cost(JsonGenerator json, Grouped group, @Nullable Meter meter, BigDecimal usd)
      throws IOException {
    json.writeStartObject();
    json.writeStringField("currency", "USD");
    json.writeStringField("amount", usd.movePointRight(2).toPlainString());
    json.writeStringField("workspace_id", group.project());
    json.writeStringField(
        "description",
        meter == null ? null : "%s Usage - %s".formatted(group.model(), meter.anthropic()));
    json.writeStringField("cost_type", meter == null ? null : "tokens");
    json.writeStringField("model", group.model());
    json.writeStringField("service_tier", tier(group));
    json.writeStringField("token_type", meter == null ? null : meter.anthropic());
    json.writeStringField("context_window", meter == null ? null : WINDOW);
    json.writeEndObject();
  }
}
