package dev.offpeak.provider.openai;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as Go prints them, such as {@code 6m0s} or {@code 1.5s} (docs/providers A4). */
final class GoDuration {

  private static final Pattern PART =
      Pattern.compile("(\\d{1,9}(?:\\.\\d{1,9})?)(h|ms|m|s|µs|us|ns)");

  private GoDuration() {}

  static Optional<Duration> parse(String text) {
    Matcher parts = PART.matcher(text);
    Duration sum = Duration.ZERO;
    int end = 0;
    while (parts.find() && parts.start() == end) {
      long nanos = new BigDecimal(parts.group(1)).multiply(nanosOf(parts.group(2))).longValue();
      sum = sum.plusNanos(nanos);
      end = parts.end();
    }
    return end == text.length() && end > 0 ? Optional.of(sum) : Optional.empty();
  }

  private static BigDecimal nanosOf(String unit) {
    return BigDecimal.valueOf(
        switch (unit) {
          case "h" -> 3_600_000_000_000L;
          case "m" -> 60_000_000_000L;
          case "s" -> 1_000_000_000L;
          case "ms" -> 1_000_000L;
          case "ns" -> 1L;
          default -> 1_000L;
        });
  }
}
