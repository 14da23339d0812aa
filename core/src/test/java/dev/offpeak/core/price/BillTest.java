package dev.offpeak.core.price;

import static org.assertj.core.api.Assertions.assertThat;

import dev.offpeak.core.lane.Provider;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Objects;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class BillTest {

  private static final Rates SHORT = new Rates(300_000, 30_000, 375_000, 2_500_000, 600_000);
  private static final Rates LONG = new Rates(600_000, 60_000, 750_000, 3_750_000, 1_200_000);
  private static final PriceRow ALL =
      row(
          new Price(
              PricePair.of(SHORT, CachedInBatch.HALF, BatchRates.NONE),
              200_000,
              PricePair.of(LONG, CachedInBatch.HALF, BatchRates.NONE)));

  /** Any usage whose parts are parts. */
  @Provide
  Arbitrary<TokenUsage> usages() {
    Arbitrary<Long> some = Arbitraries.longs().between(0, 300_000);
    return Combinators.combine(some, some, some, some, some)
        .as(
            (plain, cached, write, output, writtenForLong) ->
                new TokenUsage(
                    plain + cached + write,
                    cached,
                    write,
                    output,
                    output / 2,
                    Math.min(writtenForLong, write)));
  }

  @Property
  void everyTokenIsInOneMeter(@ForAll("usages") TokenUsage usage) {
    long input =
        usage.quantity(Meter.INPUT)
            + usage.quantity(Meter.CACHED_INPUT)
            + usage.quantity(Meter.CACHE_WRITE_5M)
            + usage.quantity(Meter.CACHE_WRITE_1H);
    assertThat(input).isEqualTo(usage.input());
    assertThat(usage.quantity(Meter.OUTPUT)).isEqualTo(usage.output());
    assertThat(Arrays.stream(Meter.values()).map(usage::quantity)).allMatch(units -> units >= 0);
  }

  @Property
  void chargesAddUpToTheCostOfThePrice(@ForAll("usages") TokenUsage usage, @ForAll boolean batch) {
    Bill bill = Bill.of(ALL, usage, batch, Uplift.NONE);

    assertThat(sum(bill))
        .isEqualTo(bill.cost())
        .isEqualTo(batch ? ALL.price().batchCost(usage) : ALL.price().syncCost(usage));
    assertThat(bill.syncCost()).isEqualTo(ALL.price().syncCost(usage));
    assertThat(bill.isLong()).isEqualTo(usage.input() > 200_000);
    assertThat(bill.charges()).extracting(Charge::meter).doesNotHaveDuplicates();
  }

  @Property
  void upliftIsOnEachUnit(@ForAll("usages") TokenUsage usage) {
    Bill plain = Bill.of(ALL, usage, true, Uplift.NONE);
    Bill dearer = Bill.of(ALL, usage, true, new Uplift(new BigDecimal("1.1")));

    assertThat(sum(dearer)).isEqualTo(dearer.cost());
    assertThat(Objects.requireNonNull(dearer.cost()) * 10)
        .isEqualTo(Objects.requireNonNull(plain.cost()) * 11);
  }

  @Example
  void whatHasNoPriceIsSeenAndIsNotFree() {
    Bill bill = Bill.of(null, new TokenUsage(100, 40, 0, 10, 0), true, Uplift.NONE);

    assertThat(bill.cost()).isNull();
    assertThat(bill.syncCost()).isNull();
    assertThat(bill.charges())
        .containsExactly(
            new Charge(Meter.INPUT, 60, null, null),
            new Charge(Meter.CACHED_INPUT, 40, null, null),
            new Charge(Meter.OUTPUT, 10, null, null));
  }

  private static long sum(Bill bill) {
    return bill.charges().stream()
        .mapToLong(charge -> charge.quantity() * Objects.requireNonNull(charge.unit()))
        .sum();
  }

  private static PriceRow row(Price price) {
    return new PriceRow(
        Provider.OPENAI, "m", LocalDate.EPOCH, price, "test", PriceRow.Confidence.DERIVED);
  }
}
