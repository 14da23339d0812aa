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
 * @param longCacheWrite written to the cache to be kept for an hour
 */
public record Rates(
    long input, long cachedInput, long cacheWrite, long output, long longCacheWrite) {

  public Rates {
    if (input < 0 || cachedInput < 0 || cacheWrite < 0 || output < 0 || longCacheWrite < 0) {
      throw new IllegalArgumentException(
          "prices are "
              + input
              + ", "
              + cachedInput
              + ", "
              + cacheWrite
              + ", "
              + output
              + ", "
              + longCacheWrite
              + "; none can be negative");
    }
  }

  /** Rates where it costs nothing to be kept in the cache for longer. */
  public Rates(long input, long cachedInput, long cacheWrite, long output) {
    this(input, cachedInput, cacheWrite, output, cacheWrite);
  }

  /** A rate from USD a million tokens; what is finer than 10^-12 USD a token is rounded up. */
  public static long perMillion(BigDecimal usd) {
    return usd.movePointRight(6).setScale(0, RoundingMode.CEILING).longValueExact();
  }

  /** Half of a rate, rounded up. */
  static long half(long rate) {
    return rate / 2 + rate % 2;
  }

  /** What a unit of that meter costs, in 10^-12 USD. */
  public long unit(Meter meter) {
    return switch (meter) {
      case INPUT -> input;
      case CACHED_INPUT -> cachedInput;
      case CACHE_WRITE_5M -> cacheWrite;
      case CACHE_WRITE_1H -> longCacheWrite;
      case OUTPUT -> output;
    };
  }

  /**
   * What that usage costs, in 10^-12 USD.
   *
   * @throws ArithmeticException beyond nine million USD
   */
  public long cost(TokenUsage usage) {
    long sum = 0;
    for (Meter meter : Meter.values()) {
      sum = Math.addExact(sum, Math.multiplyExact(usage.quantity(meter), unit(meter)));
    }
    return sum;
  }
}
