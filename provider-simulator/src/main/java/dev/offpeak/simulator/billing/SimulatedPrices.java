package dev.offpeak.simulator.billing;

import com.fasterxml.jackson.databind.JsonNode;
import dev.offpeak.simulator.json.SettingsText;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.Objects;
import java.util.regex.Pattern;

/** The simulator's own price list, USD a million tokens: it shares none with whoever checks it. */
final class SimulatedPrices {
  private static final String DEFAULT = "default";
  private static final Pattern DATE = Pattern.compile("-(\\d{8}|\\d{4}-\\d{2}-\\d{2})$");

  private final JsonNode models;

  private SimulatedPrices(JsonNode models) {
    this.models = models;
  }

  static SimulatedPrices load() {
    try (InputStream in =
        Objects.requireNonNull(
            SimulatedPrices.class.getResourceAsStream("simulated-prices.yaml"))) {
      return new SimulatedPrices(SettingsText.parse(in.readAllBytes()));
    } catch (IOException e) {
      throw new UncheckedIOException("the simulator's own price list can be read", e);
    }
  }

  /** What a million of these tokens cost. */
  BigDecimal perMillion(String model, boolean batch, Meter meter) {
    JsonNode named = models.path(DATE.matcher(model).replaceFirst(""));
    JsonNode row = named.isMissingNode() ? models.path(DEFAULT) : named;
    return new BigDecimal(row.path(batch ? "batch" : "sync").path(meter.column()).asText("0"));
  }
}
