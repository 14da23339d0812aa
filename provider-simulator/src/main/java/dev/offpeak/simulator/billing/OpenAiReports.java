package dev.offpeak.simulator.billing;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.offpeak.simulator.json.Json;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** OpenAI's pages of usage and of costs. */
final class OpenAiReports {
  /** As it was seen in the real API. */
  private static final String NOTHING = "0E-6176";

  private final SimulatedPrices prices;

  OpenAiReports(SimulatedPrices prices) {
    this.prices = prices;
  }

  /** A page of usage. */
  byte[] usage(Windows windows, List<Charge> charges, Set<String> by, boolean embeddings) {
    return page(
        windows,
        (json, start) -> {
          List<Charge> of =
              windows.in(start, charges).stream()
                  .filter(charge -> charge.isEmbedding() == embeddings)
                  .toList();
          for (Grouped group : Grouped.of(of, by)) {
            usage(json, group, embeddings);
          }
        });
  }

  private interface Results {
    void write(JsonGenerator json, long start) throws IOException;
  }

  private static byte[] page(Windows windows, Results results) {
    return Json.bytes(
        json -> {
          json.writeStartObject();
          json.writeStringField("object", "page");
          json.writeArrayFieldStart("data");
          for (long start : windows.starts()) {
            json.writeStartObject();
            json.writeStringField("object", "bucket");
            json.writeNumberField("start_time", start / 1000);
            json.writeNumberField("end_time", (start + windows.width()) / 1000);
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

  private static void usage(JsonGenerator json, Grouped group, boolean embeddings)
      throws IOException {
    Charge.Tokens tokens = group.tokens();
    json.writeStartObject();
    json.writeStringField(
        "object", "organization.usage." + (embeddings ? "embeddings" : "completions") + ".result");
    json.writeNumberField("input_tokens", tokens.input() + tokens.cached() + tokens.written());
    if (!embeddings) {
      json.writeNumberField("output_tokens", tokens.output());
      json.writeNumberField("input_cached_tokens", tokens.cached());
      json.writeNumberField("input_cache_write_tokens", tokens.written());
      json.writeNumberField("input_audio_tokens", 0);
      json.writeNumberField("output_audio_tokens", 0);
    }
    json.writeNumberField("num_model_requests", group.requests());
    json.writeStringField("project_id", group.project());
    json.writeStringField("user_id", null);
    json.writeStringField("api_key_id", group.key());
    json.writeStringField("model", group.model());
    if (!embeddings) {
      if (group.batch() == null) {
        json.writeNullField("batch");
      } else {
        json.writeBooleanField("batch", group.batch());
      }
      json.writeStringField("service_tier", null);
    }
    json.writeEndObject();
  }

  /** A page of costs. */
  byte[] costs(Windows windows, List<Charge> charges, Set<String> by, int digits) {
    return page(
        windows,
        (json, start) -> {
          for (Grouped group : Grouped.of(windows.in(start, charges), by)) {
            if (by.contains("line_item")) {
              lineItems(json, group, digits);
            } else {
              BigDecimal all =
                  group.charges().stream().map(this::usd).reduce(BigDecimal.ZERO, BigDecimal::add);
              cost(json, group, null, all, null, digits);
            }
          }
        });
  }

  private BigDecimal usd(Charge charge) {
    BigDecimal sum = BigDecimal.ZERO;
    for (Meter meter : Meter.values()) {
      sum = sum.add(charge.usd(prices, meter));
    }
    return sum;
  }

  private record Item(BigDecimal usd, long tokens) {
    Item plus(Item more) {
      return new Item(usd.add(more.usd), tokens + more.tokens);
    }
  }

  private void lineItems(JsonGenerator json, Grouped group, int digits) throws IOException {
    Map<String, Item> items = new TreeMap<>();
    for (Charge charge : group.charges()) {
      for (Meter meter : Meter.values()) {
        if (charge.tokens().of(meter) > 0) {
          items.merge(
              charge.model() + (charge.batch() ? " batch, " : ", ") + meter.openAi(),
              new Item(charge.usd(prices, meter), charge.tokens().of(meter)),
              Item::plus);
        }
      }
      if (digits > 0) {
        items.putIfAbsent("web search tool calls", new Item(BigDecimal.ZERO, 0));
      }
    }
    for (Map.Entry<String, Item> item : items.entrySet()) {
      cost(json, group, item.getKey(), item.getValue().usd, item.getValue().tokens, digits);
    }
  }

  private static void cost(
      JsonGenerator json,
      Grouped group,
      @Nullable String item,
      BigDecimal usd,
      @Nullable Long tokens,
      int digits)
      throws IOException {
    json.writeStartObject();
    json.writeStringField("object", "organization.costs.result");
    json.writeObjectFieldStart("amount");
    json.writeFieldName("value");
    json.writeNumber(amount(usd, digits));
    json.writeStringField("currency", "usd");
    json.writeEndObject();
    json.writeStringField("line_item", item);
    json.writeStringField("project_id", group.project());
    json.writeStringField("api_key_id", group.key());
    if (tokens == null) {
      json.writeNullField("quantity");
    } else {
      json.writeNumberField("quantity", tokens);
    }
    json.writeStringField("quantity_unit", tokens == null ? null : "tokens");
    json.writeEndObject();
  }

  /** The same amount, with so many digits. */
  private static String amount(BigDecimal usd, int digits) {
    if (digits == 0) {
      return usd.toPlainString();
    }
    if (usd.signum() == 0) {
      return NOTHING;
    }
    int more = Math.max(0, digits - usd.precision());
    return usd.setScale(usd.scale() + more, RoundingMode.UNNECESSARY).toString();
  }
}
