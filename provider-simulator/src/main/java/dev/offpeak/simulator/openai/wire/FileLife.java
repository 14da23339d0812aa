package dev.offpeak.simulator.openai.wire;

import org.jspecify.annotations.Nullable;

/** How long a file may be asked to live: an hour to thirty days. */
public final class FileLife {
  private static final long LEAST_SECONDS = 3_600;
  private static final long MOST_SECONDS = 2_592_000;

  private FileLife() {}

  /** The seconds that a text names; refused when it is none or out of range. */
  public static long seconds(@Nullable String text, String param) {
    long seconds = text != null && text.matches("\\d{1,9}") ? Long.parseLong(text) : -1;
    if (seconds < LEAST_SECONDS || seconds > MOST_SECONDS) {
      throw OpenAiErrors.refuse(
          "Invalid '%s': '%s'. Expected an integer from %d to %d."
              .formatted(param, text, LEAST_SECONDS, MOST_SECONDS),
          param,
          "invalid_value");
    }
    return seconds;
  }
}
