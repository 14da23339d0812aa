package dev.offpeak.ledger.command;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.offpeak.ledger.report.By;
import dev.offpeak.ledger.report.UsageSum;
import dev.offpeak.ledger.report.Usd;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.List;

/** Sums for a program: an object each, money as exact numbers. */
final class UsageJson {

  private static final JsonFactory JSON = new JsonFactory();

  private UsageJson() {}

  static String of(List<By> by, UsageSum sum) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(text)) {
      json.writeStartObject();
      for (int i = 0; i < by.size(); i++) {
        json.writeStringField(by.get(i).word(), sum.keys().get(i));
      }
      json.writeFieldName("requests");
      json.writeNumber(sum.requests());
      json.writeFieldName("unpriced_requests");
      json.writeNumber(sum.unpricedRequests());
      json.writeFieldName("input_tokens");
      json.writeNumber(sum.input());
      json.writeFieldName("cached_input_tokens");
      json.writeNumber(sum.cachedInput());
      json.writeFieldName("output_tokens");
      json.writeNumber(sum.output());
      json.writeFieldName("unpriced_tokens");
      json.writeNumber(sum.unpricedTokens());
      money(json, "cost_usd", sum.cost());
      money(json, "sync_cost_usd", sum.syncCost());
      money(json, "saved_usd", sum.saved());
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory does not fail", e);
    }
    return text.toString();
  }

  private static void money(JsonGenerator json, String name, BigDecimal usd) throws IOException {
    json.writeFieldName(name);
    json.writeRawValue(Usd.exact(usd));
  }
}
