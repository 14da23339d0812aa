package dev.offpeak.ingest.auth;

import java.math.BigDecimal;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/**
 * What may be spent, in 10^-12 USD; null for no limit.
 *
 * @param day of UTC
 * @param month of UTC
 */
public record Allowance(@Nullable Long day, @Nullable Long month) {

  /** No limit. */
  public static final Allowance NONE = new Allowance(null, null);

  private static final int PICO = 12;

  /** Amounts of USD. */
  public static Allowance usd(@Nullable BigDecimal day, @Nullable BigDecimal month) {
    return new Allowance(pico("day", day), pico("month", month));
  }

  private static @Nullable Long pico(String name, @Nullable BigDecimal usd) {
    if (usd == null) {
      return null;
    }
    if (usd.signum() < 0 || usd.compareTo(BigDecimal.valueOf(9_000_000)) > 0) {
      throw new IllegalArgumentException(
          name + " must be 0 to 9000000 USD, not " + usd.toPlainString());
    }
    return usd.movePointRight(PICO).setScale(0, RoundingMode.DOWN).longValueExact();
  }
}
