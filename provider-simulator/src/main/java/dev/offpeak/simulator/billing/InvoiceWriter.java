package dev.offpeak.simulator.billing;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.offpeak.simulator.json.Json;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The bill as JSON lines: one a day, organisation, model and mode. */
final class InvoiceWriter {
  private static final int DAY = 10;

  private final SimulatedPrices prices;
  private final Map<String, Line> lines = new TreeMap<>();

  InvoiceWriter(SimulatedPrices prices) {
    this.prices = prices;
  }

  private record Line(
      Charge like, String day, long requests, Charge.Tokens tokens, BigDecimal usd) {
    Line plus(Line more) {
      return new Line(
          like, day, requests + more.requests, tokens.plus(more.tokens), usd.add(more.usd));
    }
  }

  void add(List<Charge> charges) {
    for (Charge charge : charges) {
      String day = Instant.ofEpochMilli(charge.minute()).toString().substring(0, DAY);
      BigDecimal usd = BigDecimal.ZERO;
      for (Meter meter : Meter.values()) {
        usd = usd.add(charge.usd(prices, meter));
      }
      lines.merge(
          String.join(
              "\n",
              day,
              charge.provider(),
              charge.owner(),
              charge.model(),
              String.valueOf(charge.batch())),
          new Line(charge, day, charge.requests(), charge.tokens(), usd),
          Line::plus);
    }
  }

  void write(OutputStream out) throws IOException {
    try (JsonGenerator json = Json.FACTORY.createGenerator(out)) {
      json.setRootValueSeparator(null);
      for (Line line : lines.values()) {
        json.writeStartObject();
        json.writeStringField("day", line.day);
        json.writeStringField("provider", line.like.provider());
        json.writeStringField("organization", line.like.owner());
        json.writeStringField("model", line.like.model());
        json.writeStringField("mode", line.like.batch() ? "batch" : "sync");
        json.writeNumberField("requests", line.requests);
        for (Meter meter : Meter.values()) {
          json.writeNumberField(meter.word() + "_tokens", line.tokens.of(meter));
        }
        json.writeFieldName("amount_usd");
        json.writeNumber(line.usd.toPlainString());
        json.writeEndObject();
        json.writeRaw('\n');
      }
    }
  }
}
