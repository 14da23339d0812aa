package dev.offpeak.operations.keys;

import dev.offpeak.schemas.avro.KeyRule;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;

/** Reads what options say of a key. */
final class KeyRules {

  private static final int PICO = 12;
  private static final BigDecimal MOST_USD = BigDecimal.valueOf(9_000_000);

  private KeyRules() {}

  /** Such as {@code batch:endpoint=/v1/embeddings,model=gpt-*}. */
  static KeyRule of(String text) {
    int colon = text.indexOf(':');
    String way = text.substring(0, Math.max(0, colon));
    if (!way.equals("batch") && !way.equals("interactive")) {
      throw wrong(text, "it must begin with batch: or interactive:");
    }
    KeyRule.Builder rule = KeyRule.newBuilder().setWaits(way.equals("batch"));
    String rest = text.substring(colon + 1);
    for (String each : rest.isEmpty() ? new String[0] : rest.split(",", -1)) {
      int equals = each.indexOf('=');
      String value = each.substring(equals + 1).strip();
      switch (each.substring(0, Math.max(0, equals)).strip()) {
        case "endpoint" -> rule.setEndpoint(value);
        case "model" -> rule.setModel(value);
        case "team" -> rule.setTeam(value);
        case "feature" -> rule.setFeature(value);
        default ->
            throw wrong(text, "'" + each + "' is none of endpoint=, model=, team=, feature=");
      }
    }
    return rule.build();
  }

  private static IllegalArgumentException wrong(String text, String why) {
    return new IllegalArgumentException("--rule is '" + text + "': " + why);
  }

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
