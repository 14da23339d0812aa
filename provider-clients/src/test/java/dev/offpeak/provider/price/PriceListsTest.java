package dev.offpeak.provider.price;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.offpeak.core.lane.Provider;
import dev.offpeak.core.price.Price;
import dev.offpeak.core.price.PriceRow;
import dev.offpeak.core.price.PriceTable;
import dev.offpeak.core.price.Rates;
import dev.offpeak.core.price.TokenUsage;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PriceListsTest {

  private static final LocalDate TODAY = LocalDate.of(2026, 11, 24);

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "openai, gpt-4o-mini-2024-07-18, 0.15, 0.075, 0.60, 0.075, 0.075, 0.30",
    "openai, gpt-5-mini, 0.25, 0.025, 2, 0.125, 0.0125, 1",
    "openai, text-embedding-3-large, 0.13, 0.13, 0, 0.065, 0.065, 0",
    "anthropic, claude-haiku-4-5-20251001, 1, 0.10, 5, 0.50, 0.05, 2.50",
    "anthropic, claude-opus-4-20250514, 15, 1.50, 75, 7.50, 0.75, 37.50",
    "gemini, gemini-2.5-flash, 0.30, 0.03, 2.50, 0.15, 0.03, 1.25",
    "gemini, models/gemini-3.8-flash, 0.75, 0.075, 3.75, 0.375, 0.0375, 1.875",
    "gemini, gemini-3.5-flash-lite, 0.30, 0.03, 2.50, 0.15, 0.02, 1.25",
    "gemini, gemini-3.1-flash-lite, 0.25, 0.025, 1.50, 0.125, 0.025, 0.75",
    "openai, gpt-5-pro-2025-10-06, 15, 15, 120, 7.5, 7.5, 60",
    "openai, gpt-4o, 2.50, 1.25, 10, 1.25, 1.25, 5",
  })
  void builtInListHasBothPrices(
      Provider provider,
      String model,
      String input,
      String cached,
      String output,
      String batchInput,
      String batchCached,
      String batchOutput) {
    var pair = PriceLists.builtIn().find(provider, model, TODAY).orElseThrow().usual();
    assertPrices(pair.sync(), input, cached, output);
    assertPrices(pair.batch(), batchInput, batchCached, batchOutput);
  }

  @Test
  void builtInListHasWritesLongRequestsAndPricesToCome() {
    PriceTable prices = PriceLists.builtIn();
    assertThat(
            prices
                .find(Provider.ANTHROPIC, "claude-haiku-4-5", TODAY)
                .orElseThrow()
                .batchCost(new TokenUsage(1_000_000, 0, 1_000_000, 0, 0)))
        .isEqualTo(usd("0.625"));
    assertThat(
            prices
                .find(Provider.ANTHROPIC, "claude-haiku-4-5", TODAY)
                .orElseThrow()
                .batchCost(new TokenUsage(1_000_000, 0, 1_000_000, 0, 0, 400_000)))
        .isEqualTo(usd("0.375") + usd("0.4"));
    assertThat(
            prices
                .find(Provider.OPENAI, "gpt-5.4", TODAY)
                .orElseThrow()
                .syncCost(new TokenUsage(1_000_000, 0, 0, 1_000_000, 0)))
        .isEqualTo(usd("5") + usd("22.5"));
    assertThat(
            prices
                .find(Provider.GEMINI, "gemini-3.6-flash", LocalDate.of(2027, 1, 1))
                .orElseThrow()
                .syncCost(new TokenUsage(1_000_000, 0, 0, 0, 0)))
        .isEqualTo(usd("1.50"));
  }

  @ParameterizedTest
  @CsvSource({
    "gpt-5.6-luna, 2026-07-29, 100000, 0.1",
    "gpt-5.6-luna, 2026-07-30, 100000, 0.02",
    "gpt-5.4, 2026-11-24, 271999, 0.6799975",
    "gpt-5.4, 2026-11-24, 272000, 1.36",
    "gpt-5.4-mini, 2026-11-24, 1000000, 0.75",
  })
  void builtInListKnowsDaysAndTiers(String model, LocalDate day, long input, String usd) {
    Price price = PriceLists.builtIn().find(Provider.OPENAI, model, day).orElseThrow();
    assertThat(price.syncCost(new TokenUsage(input, 0, 0, 0, 0))).isEqualTo(usd(usd));
  }

  @Test
  void newerModelOfALineHasNoPriceByItsElder() {
    assertThat(PriceLists.builtIn().find(Provider.ANTHROPIC, "claude-sonnet-5-5", TODAY)).isEmpty();
  }

  @Test
  void everyRowHasASource() {
    assertThat(PriceLists.builtIn().findRow(Provider.OPENAI, "o3", TODAY).orElseThrow().source())
        .contains("genai-prices 0.1.8");
  }

  @Test
  void ownFileExtendsTheBuiltInList() throws IOException {
    PriceTable prices =
        PriceLists.withFile(
            file(
                "own.yaml",
                """
                as-of: '2026-12-01'
                prices:
                  - {provider: openai, models: [gpt-4o], input: 2, output: 8, batch-input: 1.5,
                     batch-output: 6, cached-in-batch: as-sync, source: our contract}
                """));
    var pair = prices.find(Provider.OPENAI, "gpt-4o", TODAY).orElseThrow().usual();
    assertThat(pair.batch()).isEqualTo(rates("1.5", "2", usd("1") / 1_000_000, "6"));
    assertThat(prices.find(Provider.OPENAI, "o3", TODAY)).isPresent();
  }

  @Test
  void ownFileCanReplaceTheBuiltInList() throws IOException {
    PriceTable prices =
        PriceLists.withFile(
            file(
                "own.yaml",
                """
                as-of: '2026-12-01'
                replaces-built-in: true
                prices:
                  - {provider: openai, models: [gpt-4o], input: 2, source: our contract}
                """));
    assertThat(prices.size()).isEqualTo(1);
  }

  @Test
  void wrongRowIsNamed() throws IOException {
    Path file =
        file(
            "own.yaml",
            """
            as-of: '2026-12-01'
            prices:
              - {provider: opnai, models: [gpt-4o], input: 2, source: x}
            """);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PriceLists.withFile(file))
        .withMessageContaining("own.yaml")
        .withMessageContaining("[gpt-4o]")
        .withMessageContaining("opnai");
  }

  @Test
  void unknownFieldIsRefused() throws IOException {
    Path file =
        file(
            "own.yaml",
            """
            as-of: '2026-12-01'
            prices:
              - {provider: openai, models: [gpt-4o], input: 2, outptu: 3, source: x}
            """);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PriceLists.withFile(file))
        .withMessageContaining("outptu");
  }

  @Test
  void liteLlmFileIsReadAsItIs() throws IOException {
    PriceTable prices =
        PriceLists.withFile(
            file(
                "model_prices_and_context_window.json",
                """
                {"sample_spec": {"litellm_provider": "one of https://docs.litellm.ai", "max_tokens": "x"},
                 "gpt-9": {"litellm_provider": "openai", "mode": "chat", "input_cost_per_token": 1.5e-07,
                   "output_cost_per_token": 6e-07, "cache_read_input_token_cost": 7.5e-08,
                   "input_cost_per_token_batches": 8e-08, "output_cost_per_token_batches": 3e-07},
                 "azure/gpt-9": {"litellm_provider": "azure", "input_cost_per_token": 1},
                 "dall-e-3": {"litellm_provider": "openai", "input_cost_per_image": 0.04},
                 "gemini/gemini-9-pro": {"litellm_provider": "gemini", "input_cost_per_token": 1.25e-06,
                   "output_cost_per_token": 1e-05, "input_cost_per_token_above_200k_tokens": 2.5e-06,
                   "output_cost_per_token_above_200k_tokens": 1.5e-05}}
                """));
    var gpt = prices.find(Provider.OPENAI, "gpt-9", TODAY).orElseThrow().usual();
    assertThat(gpt.sync()).isEqualTo(rates("0.15", "0.075", 150_000, "0.60"));
    assertThat(gpt.batch()).isEqualTo(rates("0.08", "0.0375", 75_000, "0.30"));
    var gemini = prices.find(Provider.GEMINI, "gemini-9-pro", TODAY).orElseThrow();
    assertThat(gemini.syncCost(new TokenUsage(200_001, 0, 0, 0, 0)))
        .isEqualTo(200_001L * 2_500_000);
    assertThat(prices.find(Provider.OPENAI, "dall-e-3", TODAY)).isEmpty();
  }

  @Test
  void pricesOfBatchesInALiteLlmFileHold() throws IOException {
    PriceTable prices =
        PriceLists.withFile(
            file(
                "prices.json",
                """
                {"gpt-9": {"litellm_provider": "openai", "input_cost_per_token": 2e-06, "output_cost_per_token": 8e-06,
                   "input_cost_per_token_batches": 1e-06, "cache_read_input_token_cost_batches": 3e-07,
                   "cache_creation_input_token_cost_batches": 1.3e-06, "output_cost_per_token_batches": 4e-06,
                   "input_cost_per_token_above_272k_tokens": 4e-06, "output_cost_per_token_above_272k_tokens": 12e-06,
                   "input_cost_per_token_above_272k_tokens_batches": 2.1e-06,
                   "cache_read_input_token_cost_above_272k_tokens_batches": 4e-07}}
                """));
    Price price = prices.find(Provider.OPENAI, "gpt-9", TODAY).orElseThrow();
    assertThat(price.usual().batch())
        .isEqualTo(new Rates(1_000_000, 300_000, 1_300_000, 4_000_000, 1_000_000));
    assertThat(price.batchCost(new TokenUsage(300_000, 100_000, 0, 0, 0)))
        .isEqualTo(200_000L * 2_100_000 + 100_000L * 400_000);
    assertThat(prices.findRow(Provider.OPENAI, "gpt-9", TODAY).orElseThrow().confidence())
        .isEqualTo(PriceRow.Confidence.PUBLISHED);
  }

  @Test
  void anOldLiteLlmFileDoesNotBringOldPricesBack() throws IOException {
    Path file =
        file(
            "prices.json",
            """
            {"gpt-5.6-luna": {"litellm_provider": "openai", "input_cost_per_token": 1.1e-06, "output_cost_per_token": 6e-06}}
            """);
    Files.setLastModifiedTime(file, FileTime.from(Instant.parse("2026-06-15T12:00:00Z")));
    PriceTable prices = PriceLists.withFile(file);

    assertThat(input(prices, LocalDate.of(2026, 7, 1))).isEqualTo(1_100_000);
    assertThat(input(prices, TODAY)).isEqualTo(200_000);
    assertThat(
            prices
                .findRow(Provider.OPENAI, "gpt-5.6-luna", LocalDate.of(2026, 7, 1))
                .orElseThrow()
                .id())
        .isEqualTo("openai/gpt-5.6-luna@2026-06-15");
  }

  private static long input(PriceTable prices, LocalDate day) {
    return prices.find(Provider.OPENAI, "gpt-5.6-luna", day).orElseThrow().usual().sync().input();
  }

  private Path file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  private static void assertPrices(Rates rates, String input, String cached, String output) {
    assertThat(List.of(rates.input(), rates.cachedInput(), rates.output()))
        .containsExactly(usd(input) / 1_000_000, usd(cached) / 1_000_000, usd(output) / 1_000_000);
  }

  private static Rates rates(String input, String cached, long write, String output) {
    return new Rates(
        usd(input) / 1_000_000, usd(cached) / 1_000_000, write, usd(output) / 1_000_000);
  }

  private static long usd(String amount) {
    return new BigDecimal(amount).movePointRight(12).longValueExact();
  }
}
