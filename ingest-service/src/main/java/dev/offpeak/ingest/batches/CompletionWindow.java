package dev.offpeak.ingest.batches;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How long a batch may take. A day is what its provider promises, to be counted from when the
 * provider has it; more is a deadline, to be counted from when we have it.
 *
 * @param length a day or more
 */
record CompletionWindow(Duration length) {

  private static final Pattern TEXT = Pattern.compile("(\\d{1,4})([hd])");
  private static final Duration DAY = Duration.ofDays(1);

  /** The window of that text, when it is one. */
  static Optional<CompletionWindow> of(String text) {
    Matcher matcher = TEXT.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    long number = Long.parseLong(matcher.group(1));
    Duration length =
        matcher.group(2).equals("h") ? Duration.ofHours(number) : Duration.ofDays(number);
    return length.compareTo(DAY) < 0 ? Optional.empty() : Optional.of(new CompletionWindow(length));
  }

  /** Whether its lines get a deadline. */
  boolean isDeadline() {
    return length.compareTo(DAY) > 0;
  }
}
