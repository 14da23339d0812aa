package dev.offpeak.core.price;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** US dollars in units of 10^-12, in which all costs are whole numbers. */
public final class PicoUsd {

  private static final int DIGITS = 12;

  /** The most of which a long holds all digits, in round figures. */
  private static final BigDecimal MOST_USD = BigDecimal.valueOf(9_000_000);

  private PicoUsd() {}

  /**
   * An amount that somebody has written, as a limit; what is finer than a unit is left out.
   *
   * @param name of the setting or option
   * @throws IllegalArgumentException when it is negative or beyond nine million; names it
   */
  public static long limit(String name, BigDecimal usd) {
    if (usd.signum() < 0 || usd.compareTo(MOST_USD) > 0) {
      throw new IllegalArgumentException(name + " must be 0 to " + MOST_USD + " USD, not " + usd);
    }
    return usd.movePointRight(DIGITS).setScale(0, RoundingMode.DOWN).longValueExact();
  }

  /** The dollars of that many units. */
  public static BigDecimal usd(long pico) {
    return BigDecimal.valueOf(pico, DIGITS);
  }
}
