package dev.offpeak.provider.price;

import com.fasterxml.jackson.databind.JsonNode;
import dev.offpeak.core.lane.Provider;
import dev.offpeak.core.price.CachedInBatch;
import dev.offpeak.core.price.Price;
import dev.offpeak.core.price.PricePair;
import dev.offpeak.core.price.PriceRow;
import dev.offpeak.core.price.Rates;
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

  static List<PriceRow> read(JsonNode file) {
    List<PriceRow> rows = new ArrayList<>();
    for (Map.Entry<String, JsonNode> entry : file.properties()) {
      provider(entry.getValue())
          .flatMap(provider -> row(provider, entry.getKey(), entry.getValue()))
          .ifPresent(rows::add);
    }
    return rows;
  }

  private static Optional<Provider> provider(JsonNode model) {
    return switch (model.path("litellm_provider").asText("")) {
      case "openai", "text-completion-openai" -> Optional.of(Provider.OPENAI);
      case "anthropic" -> Optional.of(Provider.ANTHROPIC);
      case "gemini" -> Optional.of(Provider.GEMINI);
      default -> Optional.empty();
    };
  }

  private static Optional<PriceRow> row(Provider provider, String key, JsonNode model) {
    String own = provider.id() + "/";
    String name = key.startsWith(own) ? key.substring(own.length()) : key;
    if (name.contains("/") || !model.path("input_cost_per_token").isNumber()) {
      return Optional.empty();
    }
    CachedInBatch cached = CachedInBatch.usual(provider, name);
    PricePair usual =
        PricePair.of(
            rates(model, ""),
            cached,
            rate(model, "input_cost_per_token_batches"),
            rate(model, "output_cost_per_token_batches"));
    return Optional.of(
        new PriceRow(provider, name, LocalDate.EPOCH, price(model, usual, cached), SOURCE));
  }

  private static Price price(JsonNode model, PricePair usual, CachedInBatch cached) {
    for (Iterator<String> names = model.fieldNames(); names.hasNext(); ) {
      Matcher above = ABOVE.matcher(names.next());
      if (above.matches() && model.path(above.group()).isNumber()) {
        long tokens = Long.parseLong(above.group(1)) * 1000;
        Rates longer = rates(model, "_above_" + above.group(1) + "k_tokens");
        return new Price(usual, tokens, PricePair.of(longer, cached, null, null));
      }
    }
    return Price.of(usual);
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
