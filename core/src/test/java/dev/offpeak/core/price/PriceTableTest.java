package dev.offpeak.core.price;

import static org.assertj.core.api.Assertions.assertThat;

import dev.offpeak.core.lane.Provider;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PriceTableTest {

  private static final LocalDate TODAY = LocalDate.of(2026, 11, 24);

  private final PriceTable table =
      new PriceTable(
          List.of(
              row("gpt-4o", LocalDate.EPOCH, 1),
              row("gpt-4o-mini", LocalDate.EPOCH, 2),
              row("gpt-5", LocalDate.EPOCH, 3),
              row("gpt-5", LocalDate.of(2027, 1, 1), 4),
              row("late", LocalDate.of(2027, 1, 1), 5)));

  @ParameterizedTest
  @CsvSource({
    "gpt-4o, 1",
    "models/gpt-4o, 1",
    "gpt-4o-2024-08-06, 1",
    "gpt-4o-mini-2024-07-18, 2",
    "gpt-4o-20240806, 1",
    "gpt-4o-001, 1",
    "gpt-4o-0613, 1",
    "gpt-4o-latest, 1",
    "gpt-4o-preview, 1",
    "gpt-4o-preview-05-20, 1",
    "gpt-4o-exp-0827, 1",
  })
  void snapshotHasThePriceOfItsModel(String model, long rate) {
    assertThat(rateOf(model, TODAY)).contains(rate);
  }

  @ParameterizedTest
  @CsvSource({"gpt-4o-audio", "gpt-4", "gpt-4o-mini-tts", "gpt-5-5", "gpt-4o-", "unknown"})
  void anotherModelHasNoPrice(String model) {
    assertThat(rateOf(model, TODAY)).isEmpty();
  }

  @Test
  void priceChangesOnItsDay() {
    assertThat(rateOf("gpt-5", LocalDate.of(2026, 12, 31))).contains(3L);
    assertThat(rateOf("gpt-5", LocalDate.of(2027, 1, 1))).contains(4L);
    assertThat(rateOf("late", TODAY)).contains(5L);
  }

  @Test
  void sameNameAtAnotherProviderIsAnotherModel() {
    assertThat(table.find(Provider.GEMINI, "gpt-4o", TODAY)).isEmpty();
  }

  @Test
  void otherTableWinsModelByModel() {
    PriceTable both =
        table.with(new PriceTable(List.of(row("gpt-5", LocalDate.EPOCH, 9), row("new", TODAY, 8))));
    assertThat(rate(both, "gpt-5", LocalDate.of(2027, 2, 1))).contains(9L);
    assertThat(rate(both, "new", TODAY)).contains(8L);
    assertThat(rate(both, "gpt-4o", TODAY)).contains(1L);
    assertThat(both.size()).isEqualTo(5);
  }

  private Optional<Long> rateOf(String model, LocalDate day) {
    return rate(table, model, day);
  }

  private static Optional<Long> rate(PriceTable table, String model, LocalDate day) {
    return table.find(Provider.OPENAI, model, day).map(price -> price.usual().sync().input());
  }

  private static PriceRow row(String model, LocalDate from, long rate) {
    Rates rates = new Rates(rate, rate, rate, rate);
    Price price = Price.of(PricePair.of(rates, CachedInBatch.HALF, BatchRates.NONE));
    return new PriceRow(Provider.OPENAI, model, from, price, "test", PriceRow.Confidence.DERIVED);
  }
}
