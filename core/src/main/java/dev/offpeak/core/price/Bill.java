package dev.offpeak.core.price;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What one request is charged for. The sum of its charges is its cost, to the last digit.
 *
 * @param row by which it is priced; null when the model has no price
 * @param isLong whether the prices of long requests hold
 * @param charges by meter, those that have some units
 */
public record Bill(@Nullable PriceRow row, boolean isLong, List<Charge> charges) {

  public Bill {
    charges = List.copyOf(charges);
  }

  /**
   * The bill of one request.
   *
   * @param row null when the model has no price
   * @param isBatch whether it was executed in a batch
   * @param uplift what the account pays over list prices
   */
  public static Bill of(@Nullable PriceRow row, TokenUsage usage, boolean isBatch, Uplift uplift) {
    PricePair pair = row == null ? null : row.price().pair(usage);
    List<Charge> charges = new ArrayList<>();
    for (Meter meter : Meter.values()) {
      long quantity = usage.quantity(meter);
      if (quantity > 0) {
        charges.add(
            pair == null
                ? new Charge(meter, quantity, null, null)
                : charge(meter, quantity, uplift, isBatch ? pair.batch() : pair.sync(), pair));
      }
    }
    return new Bill(row, row != null && row.price().isLong(usage), charges);
  }

  private static Charge charge(
      Meter meter, long quantity, Uplift uplift, Rates billed, PricePair pair) {
    return new Charge(
        meter, quantity, uplift.of(billed.unit(meter)), uplift.of(pair.sync().unit(meter)));
  }

  /**
   * What it costs, in 10^-12 USD; null when the model has no price.
   *
   * @throws ArithmeticException beyond nine million USD
   */
  public @Nullable Long cost() {
    return sum(Charge::cost);
  }

  /** What it would have cost synchronously. */
  public @Nullable Long syncCost() {
    return sum(Charge::syncCost);
  }

  private @Nullable Long sum(Function<Charge, @Nullable Long> money) {
    if (row == null) {
      return null;
    }
    long sum = 0;
    for (Charge charge : charges) {
      Long part = money.apply(charge);
      if (part == null) {
        return null;
      }
      sum = Math.addExact(sum, part);
    }
    return sum;
  }
}
