package dev.offpeak.core.price;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;

class PriceTest {

  private static final Rates MINI = new Rates(150_000, 75_000, 150_000, 600_000);

  @Example
  void batchCostsHalfWhereNoPriceIsGiven() {
    PricePair pair = PricePair.of(MINI, CachedInBatch.HALF, BatchRates.NONE);
    assertThat(pair.batch()).isEqualTo(new Rates(75_000, 37_500, 75_000, 300_000));
  }

  @Example
  void explicitBatchPriceWins() {
    PricePair pair =
        PricePair.of(MINI, CachedInBatch.HALF, new BatchRates(100_000L, null, null, 500_000L));
    assertThat(pair.batch()).isEqualTo(new Rates(100_000, 37_500, 75_000, 500_000));
  }

  @Example
  void cacheWithinABatchFollowsItsRule() {
    assertThat(PricePair.of(MINI, CachedInBatch.AS_SYNC, BatchRates.NONE).batch().cachedInput())
        .isEqualTo(75_000);
    assertThat(
            PricePair.of(MINI, CachedInBatch.AS_INPUT, new BatchRates(60_000L, null, null, null))
                .batch()
                .cachedInput())
        .isEqualTo(60_000);
  }

  @Example
  void everyKindOfTokenIsPaidOnce() {
    TokenUsage usage = new TokenUsage(1_000, 300, 200, 50, 40);
    assertThat(new Rates(10, 1, 12, 50).cost(usage))
        .isEqualTo(500 * 10 + 300 * 1 + 200 * 12 + 50 * 50);
    assertThat(new Rates(10, 1, 12, 50, 20).cost(new TokenUsage(1_000, 300, 200, 50, 40, 150)))
        .isEqualTo(500 * 10 + 300 * 1 + 50 * 12 + 150 * 20 + 50 * 50);
  }

  @Example
  void longRequestCostsMoreAsAWhole() {
    PricePair usual = PricePair.of(MINI, CachedInBatch.HALF, BatchRates.NONE);
    PricePair longer =
        PricePair.of(new Rates(300_000, 0, 0, 900_000), CachedInBatch.HALF, BatchRates.NONE);
    Price price = new Price(usual, 200_000, longer);
    assertThat(price.syncCost(new TokenUsage(200_000, 0, 0, 1, 0)))
        .isEqualTo(200_000L * 150_000 + 600_000);
    assertThat(price.syncCost(new TokenUsage(200_001, 0, 0, 1, 0)))
        .isEqualTo(200_001L * 300_000 + 900_000);
    assertThat(price.batchCost(new TokenUsage(200_001, 0, 0, 1, 0)))
        .isEqualTo(200_001L * 150_000 + 450_000);
  }

  @Example
  void publishedPricesAreWholeNumbers() {
    assertThat(Rates.perMillion(new BigDecimal("0.005"))).isEqualTo(5_000);
    assertThat(Rates.perMillion(new BigDecimal("30"))).isEqualTo(30_000_000);
    assertThat(Rates.perMillion(new BigDecimal("0.0000001"))).isEqualTo(1);
  }

  @Property
  void costOfTheSumIsTheSumOfTheCosts(
      @ForAll @LongRange(min = 0, max = 1_000_000) long input,
      @ForAll @LongRange(min = 0, max = 1_000_000) long output) {
    TokenUsage one = new TokenUsage(input, input / 3, input / 5, output, 0);
    TokenUsage other = new TokenUsage(output, output / 2, 0, input, 0);
    assertThat(MINI.cost(one.plus(other))).isEqualTo(MINI.cost(one) + MINI.cost(other));
  }
}
