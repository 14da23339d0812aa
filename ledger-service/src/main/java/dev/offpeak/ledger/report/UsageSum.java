package dev.offpeak.ledger.report;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.List;

/**
 * What some requests used and cost. What has no price is counted apart, and in no sum of money.
 *
 * @param keys what they have in common, in the order of the question; empty of all
 * @param requests that the provider billed
 * @param unpricedRequests of these, those without a price
 * @param input tokens, cached ones included
 * @param cachedInput of these
 * @param output tokens, reasoning included
 * @param unpricedTokens input and output of requests without a price
 * @param cost in USD, of what has a price
 * @param syncCost what the same would have cost synchronously
 */
public record UsageSum(
    List<String> keys,
    BigInteger requests,
    BigInteger unpricedRequests,
    BigInteger input,
    BigInteger cachedInput,
    BigInteger output,
    BigInteger unpricedTokens,
    BigDecimal cost,
    BigDecimal syncCost) {

  /** Of nothing. */
  public static final UsageSum NONE =
      new UsageSum(
          List.of(),
          BigInteger.ZERO,
          BigInteger.ZERO,
          BigInteger.ZERO,
          BigInteger.ZERO,
          BigInteger.ZERO,
          BigInteger.ZERO,
          BigDecimal.ZERO,
          BigDecimal.ZERO);

  private static final int PERCENT = 2;

  public UsageSum {
    keys = List.copyOf(keys);
  }

  /** What batches saved, in USD. */
  public BigDecimal saved() {
    return syncCost.subtract(cost);
  }

  /** Saved of what it would have cost, in whole percent. */
  public int savedPercent() {
    return syncCost.signum() == 0
        ? 0
        : saved()
            .movePointRight(PERCENT)
            .divide(syncCost, 0, RoundingMode.HALF_EVEN)
            .intValueExact();
  }

  /** Both together, of all. */
  public UsageSum plus(UsageSum more) {
    return new UsageSum(
        List.of(),
        requests.add(more.requests),
        unpricedRequests.add(more.unpricedRequests),
        input.add(more.input),
        cachedInput.add(more.cachedInput),
        output.add(more.output),
        unpricedTokens.add(more.unpricedTokens),
        cost.add(more.cost),
        syncCost.add(more.syncCost));
  }

  /** Whether some of it has no price. */
  public boolean isPartlyUnpriced() {
    return unpricedRequests.signum() > 0;
  }
}
