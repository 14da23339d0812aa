package dev.offpeak.ingest.auth;

import dev.offpeak.core.price.PicoUsd;
import java.math.BigDecimal;
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

  /** Amounts of USD. */
  public static Allowance usd(@Nullable BigDecimal day, @Nullable BigDecimal month) {
    return new Allowance(pico("day", day), pico("month", month));
  }

  private static @Nullable Long pico(String name, @Nullable BigDecimal usd) {
    return usd == null ? null : Long.valueOf(PicoUsd.limit(name, usd));
  }
}
