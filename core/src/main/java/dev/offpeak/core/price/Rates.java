package dev.offpeak.core.price;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * What tokens cost, in 10^-12 USD a token (one millionth of a USD a million tokens), so that every
 * published price is a whole number and sums are exact.
 *
 * @param input neither read from nor written to the prompt cache
 * @param cachedInput read from the cache
 * @param cacheWrite written to the cache
 * @param output reasoning included
 */
public record Rates(long input, long cachedInput, long cacheWrite, long output) {

  public Rates {
    if (input < 0 || cachedInput < 0 || cacheWrite < 0 || output < 0) {
      throw new IllegalArgumentException(
          "prices are "
              + input
              + ", "
              + cachedInput
              + ", "
              + cacheWrite
              + ", "
              + output
              + "; none can be negative");
    }
  }

  /** A rate from USD a million tokens; what is finer than 10^-12 USD a token is rounded up. */
  public static long perMillion(BigDecimal usd) {
    return usd.movePointRight(6).setScale(0, RoundingMode.CEILING).longValueExact();
  }

  /** Half of a rate, rounded up. */
  static long half(long rate) {
    return rate / 2 + rate % 2;
  }

  /**
   * What that usage costs, in 10^-12 USD.
   *
   * @throws ArithmeticException beyond nine million USD
   */
  public long cost(TokenUsage usage) {
    long plain = Math.max(0, usage.input() - usage.cachedInput() - usage.cacheWrite());
    long sum = Math.multiplyExact(plain, input);
    sum = Math.addExact(sum, Math.multiplyExact(usage.cachedInput(), cachedInput));
    sum = Math.addExact(sum, Math.multiplyExact(usage.cacheWrite(), cacheWrite));
    return Math.addExact(sum, Math.multiplyExact(usage.output(), output));
  }
}
