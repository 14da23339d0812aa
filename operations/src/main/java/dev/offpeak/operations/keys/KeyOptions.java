package dev.offpeak.operations.keys;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;

/** Reads what options say of a key. */
final class KeyOptions {

  private static final int PICO = 12;
  private static final BigDecimal MOST_USD = BigDecimal.valueOf(9_000_000);

  private KeyOptions() {}

  static @Nullable Long pico(String option, @Nullable BigDecimal usd) {
    if (usd == null) {
      return null;
    }
    if (usd.signum() < 0 || usd.compareTo(MOST_USD) > 0) {
      throw new IllegalArgumentException(option + " must be 0 to " + MOST_USD + ", not " + usd);
    }
    return usd.movePointRight(PICO).setScale(0, RoundingMode.DOWN).longValueExact();
  }

  static @Nullable Instant expiry(@Nullable String text, Instant now) {
    if (text == null) {
      return null;
    }
    try {
      Instant at =
          text.matches("\\d{1,5}d")
              ? now.plus(Duration.ofDays(Long.parseLong(text.substring(0, text.length() - 1))))
              : Instant.parse(text);
      if (at.isAfter(now)) {
        return at;
      }
      throw new IllegalArgumentException("--expires is " + text + ", which is over already");
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException(
          "--expires is '" + text + "'; it must be such as 90d or 2027-01-01T00:00:00Z", e);
    }
  }
}
