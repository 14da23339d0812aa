package dev.offpeak.provider.http;

import java.net.http.HttpHeaders;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/** How long a provider asks to wait, from {@code retry-after-ms} or {@code retry-after}. */
public final class RetryAfter {

  private static final double LONGEST_SECONDS = 7 * 24 * 3600;

  private RetryAfter() {}

  /** The wait, not negative and at most a week; empty when no header says so readably. */
  public static Optional<Duration> of(HttpHeaders headers, Clock clock) {
    return headers
        .firstValue("retry-after-ms")
        .flatMap(value -> seconds(value, 1000))
        .or(
            () ->
                headers
                    .firstValue("retry-after")
                    .flatMap(value -> seconds(value, 1).or(() -> until(value, clock.instant()))));
  }

  private static Optional<Duration> seconds(String value, double unitsOfASecond) {
    try {
      double seconds = Double.parseDouble(value.trim()) / unitsOfASecond;
      return seconds >= 0 ? Optional.of(ofSeconds(seconds)) : Optional.empty();
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  private static Duration ofSeconds(double seconds) {
    return Duration.ofMillis((long) Math.ceil(Math.min(seconds, LONGEST_SECONDS) * 1000));
  }

  private static Optional<Duration> until(String date, Instant now) {
    try {
      Instant then =
          ZonedDateTime.parse(date.trim(), DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
      return Optional.of(ofSeconds(Math.max(0d, Duration.between(now, then).toMillis() / 1000d)));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
