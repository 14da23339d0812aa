package dev.offpeak.operations.keys;

import dev.offpeak.core.price.PicoUsd;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;

/** Reads what options say of a key. */
final class KeyOptions {

  private KeyOptions() {}

  static @Nullable Long pico(String option, @Nullable BigDecimal usd) {
    return usd == null ? null : Long.valueOf(PicoUsd.limit(option, usd));
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
