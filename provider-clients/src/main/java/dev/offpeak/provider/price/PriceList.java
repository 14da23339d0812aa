package dev.offpeak.provider.price;

import com.fasterxml.jackson.annotation.JsonProperty;
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
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A price list as it stands in YAML; amounts are USD a million tokens.
 *
 * @param asOf day it was written
 * @param replacesBuiltIn whether the built-in list is to be forgotten
 * @param sources full name of each source, by the short name that rows use
 */
record PriceList(
    @JsonProperty(value = "as-of", required = true) String asOf,
    @JsonProperty("replaces-built-in") boolean replacesBuiltIn,
    @Nullable Map<String, String> sources,
    @JsonProperty(required = true) List<Row> prices) {

  /**
   * One price for one or several models.
   *
   * @param from first day of the price; absent: always
   * @param cachedInput the input price when absent
   * @param cacheWrite the input price when absent
   * @param longCacheWrite what is kept in the cache for an hour; the cache-write price when absent
   * @param output absent for embeddings
   * @param batchInput half of the input price when absent
   * @param batchCachedInput by {@code cachedInBatch} when absent
   * @param batchOutput half of the output price when absent
   * @param cachedInBatch {@code half}, {@code as-sync} or {@code as-input}; the provider's rule
   *     when absent
   * @param above the price of the whole request when its input is longer than that
   */
  record Row(
      @JsonProperty(required = true) String provider,
      @JsonProperty(required = true) List<String> models,
      @Nullable String from,
      @JsonProperty(required = true) BigDecimal input,
      @JsonProperty("cached-input") @Nullable BigDecimal cachedInput,
      @JsonProperty("cache-write") @Nullable BigDecimal cacheWrite,
      @JsonProperty("long-cache-write") @Nullable BigDecimal longCacheWrite,
      @Nullable BigDecimal output,
      @JsonProperty("batch-input") @Nullable BigDecimal batchInput,
      @JsonProperty("batch-cached-input") @Nullable BigDecimal batchCachedInput,
      @JsonProperty("batch-output") @Nullable BigDecimal batchOutput,
      @JsonProperty("cached-in-batch") @Nullable String cachedInBatch,
      @Nullable Above above,
      @JsonProperty(required = true) String source) {

    Stream<PriceRow> rows(Map<String, String> sources) {
      ProviderProfile whose = BuiltInProviders.PROFILES.of(provider);
      LocalDate first = from == null ? LocalDate.EPOCH : day("from", from);
      String where = sources.getOrDefault(source, source);
      return models.stream()
          .map(
              model ->
                  new PriceRow(
                      whose.provider(), model, first, price(whose, model), where, confidence()));
    }

    private Confidence confidence() {
      return given().isGiven() ? Confidence.PUBLISHED : Confidence.DERIVED;
    }

    private BatchRates given() {
      return new BatchRates(rate(batchInput), rate(batchCachedInput), null, rate(batchOutput));
    }

    private Price price(ProviderProfile whose, String model) {
      CachedInBatch cached =
          cachedInBatch == null
              ? whose.cachedInBatch(model)
              : CachedInBatch.valueOf(cachedInBatch.toUpperCase(Locale.ROOT).replace('-', '_'));
      PricePair usual =
          PricePair.of(
              rates(input, cachedInput, cacheWrite, longCacheWrite, output), cached, given());
      return above == null
          ? Price.of(usual)
          : new Price(usual, above.tokens(), PricePair.of(above.rates(), cached, BatchRates.NONE));
    }
  }

  /** Prices of long requests; as in {@link Row}. */
  record Above(
      @JsonProperty(required = true) long tokens,
      @JsonProperty(required = true) BigDecimal input,
      @JsonProperty("cached-input") @Nullable BigDecimal cachedInput,
      @JsonProperty("cache-write") @Nullable BigDecimal cacheWrite,
      @JsonProperty("long-cache-write") @Nullable BigDecimal longCacheWrite,
      @Nullable BigDecimal output) {

    Rates rates() {
      return PriceList.rates(input, cachedInput, cacheWrite, longCacheWrite, output);
    }
  }

  /**
   * All rows, one for each model.
   *
   * @throws IllegalArgumentException naming the row that is wrong
   */
  List<PriceRow> rows() {
    day("as-of", asOf);
    Map<String, String> names = sources == null ? Map.of() : sources;
    return prices.stream().flatMap(row -> checked(row, names)).toList();
  }

  private static Stream<PriceRow> checked(Row row, Map<String, String> names) {
    try {
      return row.rows(names).toList().stream();
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw new IllegalArgumentException("price of " + row.models() + ": " + e.getMessage(), e);
    }
  }

  private static Rates rates(
      @JsonProperty(required = true) BigDecimal input,
      @Nullable BigDecimal cachedInput,
      @Nullable BigDecimal cacheWrite,
      @Nullable BigDecimal longCacheWrite,
      @Nullable BigDecimal output) {
    BigDecimal write = cacheWrite == null ? input : cacheWrite;
    return new Rates(
        Rates.perMillion(input),
        Rates.perMillion(cachedInput == null ? input : cachedInput),
        Rates.perMillion(write),
        output == null ? 0 : Rates.perMillion(output),
        Rates.perMillion(longCacheWrite == null ? write : longCacheWrite));
  }

  private static @Nullable Long rate(@Nullable BigDecimal usd) {
    return usd == null ? null : Long.valueOf(Rates.perMillion(usd));
  }

  private static LocalDate day(String name, String text) {
    try {
      return LocalDate.parse(text);
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException(
          name + " is '" + text + "'; it must be a day such as 2026-11-24", e);
    }
  }
}
