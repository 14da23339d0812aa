package dev.offpeak.provider.price;

import com.fasterxml.jackson.databind.JsonNode;
import dev.offpeak.core.price.BatchRates;
import dev.offpeak.core.price.CachedInBatch;
import dev.offpeak.core.price.Price;
import dev.offpeak.core.price.PricePair;
import dev.offpeak.core.price.PriceRow;
import dev.offpeak.core.price.PriceRow.Confidence;
import dev.offpeak.core.price.Rates;
import dev.offpeak.provider.account.ProviderProfile;
import dev.offpeak.provider.adapter.BuiltInProviders;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * LiteLLM's {@code model_prices_and_context_window.json}: an object by model, prices in USD a
 * token. Models of other providers, and those without a price by token, are passed over.
 */
final class LiteLlmPrices {

  private static final Pattern ABOVE = Pattern.compile("input_cost_per_token_above_(\\d+)k_tokens");
  private static final String SOURCE = "LiteLLM model_prices_and_context_window.json";
  private static final int TOKENS_OF_A_PRICE = 6;

  private LiteLlmPrices() {}

  /**
   * The rows of the file.
   *
   * @param asOf day of the file: it tells what held then
   */
  static List<PriceRow> read(JsonNode file, LocalDate asOf) {
    List<PriceRow> rows = new ArrayList<>();
    for (Map.Entry<String, JsonNode> entry : file.properties()) {
      profile(entry.getValue())
          .flatMap(profile -> row(profile, entry.getKey(), entry.getValue(), asOf))
          .ifPresent(rows::add);
    }
    return rows;
  }

  private static Optional<ProviderProfile> profile(JsonNode model) {
    String named = model.path("litellm_provider").asText("");
    return BuiltInProviders.PROFILES.all().stream()
        .filter(profile -> profile.liteLlmNames().contains(named))
        .findFirst();
  }

  private static Optional<PriceRow> row(
      ProviderProfile profile, String key, JsonNode model, LocalDate asOf) {
    String own = model.path("litellm_provider").asText("") + "/";
    String name = key.startsWith(own) ? key.substring(own.length()) : key;
    if (name.contains("/") || !model.path("input_cost_per_token").isNumber()) {
      return Optional.empty();
    }
    CachedInBatch cached = profile.cachedInBatch(name);
    BatchRates given = batchRates(model, "");
    PricePair usual = PricePair.of(rates(model, ""), cached, given);
    return Optional.of(
        new PriceRow(
            profile.provider(),
            name,
            asOf,
            price(model, usual, cached),
            SOURCE + " of " + asOf,
            given.isGiven() ? Confidence.PUBLISHED : Confidence.DERIVED));
  }

  private static Price price(JsonNode model, PricePair usual, CachedInBatch cached) {
    for (Iterator<String> names = model.fieldNames(); names.hasNext(); ) {
      Matcher above = ABOVE.matcher(names.next());
      if (above.matches() && model.path(above.group()).isNumber()) {
        long tokens = Long.parseLong(above.group(1)) * 1000;
        String suffix = "_above_" + above.group(1) + "k_tokens";
        PricePair longer = PricePair.of(rates(model, suffix), cached, batchRates(model, suffix));
        return new Price(usual, tokens, longer);
      }
    }
    return Price.of(usual);
  }

  /**
   * Anthropic's models have none, most others some of them; since September 2026 also for long
   * requests.
   */
  private static BatchRates batchRates(JsonNode model, String suffix) {
    return new BatchRates(
        rate(model, "input_cost_per_token" + suffix + "_batches"),
        rate(model, "cache_read_input_token_cost" + suffix + "_batches"),
        rate(model, "cache_creation_input_token_cost" + suffix + "_batches"),
        rate(model, "output_cost_per_token" + suffix + "_batches"));
  }

  private static Rates rates(JsonNode model, String suffix) {
    Long input = rate(model, "input_cost_per_token" + suffix);
    Long cached = rate(model, "cache_read_input_token_cost" + suffix);
    Long write = rate(model, "cache_creation_input_token_cost" + suffix);
    Long longWrite = rate(model, "cache_creation_input_token_cost_above_1hr" + suffix);
    Long output = rate(model, "output_cost_per_token" + suffix);
    long plain = input == null ? 0 : input;
    long shortWrite = write == null ? plain : write;
    return new Rates(
        plain,
        cached == null ? plain : cached,
        shortWrite,
        output == null ? 0 : output,
        longWrite == null ? shortWrite : longWrite);
  }

  private static @Nullable Long rate(JsonNode model, String field) {
    JsonNode usdPerToken = model.path(field);
    if (!usdPerToken.isNumber()) {
      return null;
    }
    BigDecimal perMillion = usdPerToken.decimalValue().movePointRight(TOKENS_OF_A_PRICE);
    return Rates.perMillion(perMillion);
  }
}
