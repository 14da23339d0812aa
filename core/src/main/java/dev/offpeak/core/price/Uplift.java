package dev.offpeak.core.price;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * What is paid over list prices, such as 1.1 for processing within one region.
 *
 * @param factor of each unit's price; a rate that is no whole number of 10^-12 USD is rounded up
 */
public record Uplift(BigDecimal factor) {

  /** List prices. */
  public static final Uplift NONE = new Uplift(BigDecimal.ONE);

  public Uplift {
    if (factor.signum() <= 0 || factor.compareTo(BigDecimal.TEN) > 0) {
      throw new IllegalArgumentException(
          "an uplift is " + factor.toPlainString() + "; it must be above 0 and at most 10");
    }
  }

  /** A rate with it. */
  long of(long rate) {
    return factor.compareTo(BigDecimal.ONE) == 0
        ? rate
        : BigDecimal.valueOf(rate)
            .multiply(factor)
            .setScale(0, RoundingMode.CEILING)
            .longValueExact();
  }
}
