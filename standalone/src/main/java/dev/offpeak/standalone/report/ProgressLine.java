package dev.offpeak.standalone.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Progress as one line that fits a window. */
final class ProgressLine {

  private static final int LONG_BAR = 24;
  private static final int SHORT_BAR = 10;
  private static final String MORE = "…";

  private ProgressLine() {}

  /**
   * The fullest line of at most that many columns.
   *
   * @param columns that can be written
   */
  static String of(Progress progress, int columns) {
    String bar = bar(progress, SHORT_BAR);
    List<String> forms =
        List.of(
            bar(progress, LONG_BAR) + " " + counts(progress),
            bar + " " + counts(progress),
            bar + " " + brief(progress),
            brief(progress));
    if (progress.waits().isEmpty()) {
      return forms.stream()
          .filter(form -> form.length() <= columns)
          .findFirst()
          .orElseGet(() -> clip(forms.getLast(), columns));
    }
    // Why nothing goes on is worth more than a long bar.
    String reason = " | " + WaitWords.of(progress.waits());
    return forms.stream()
        .filter(form -> form.length() + reason.length() <= columns)
        .findFirst()
        .map(form -> form + reason)
        .orElseGet(() -> clip(settled(progress) + reason, columns));
  }

  private static String bar(Progress progress, int width) {
    long read = progress.read();
    int filled = read == 0 ? 0 : (int) Math.min(width, width * progress.settled() / read);
    return "[" + "#".repeat(filled) + ".".repeat(width - filled) + "]";
  }

  private static String counts(Progress progress) {
    String counts =
        String.format(
            Locale.ROOT,
            "%,d%s read | %,d sealed | %,d running | %,d done | %,d failed",
            progress.read(),
            progress.allRead() ? "" : "+",
            progress.sealed(),
            progress.running(),
            progress.done(),
            progress.failed());
    return progress.running() > 0 && progress.executed() > 0
        ? counts + " | provider at " + atProvider(progress) + "%"
        : counts;
  }

  /** What fits a window of forty columns. */
  private static String brief(Progress progress) {
    return progress.running() == 0
        ? settled(progress)
        : settled(progress) + ", at provider " + atProvider(progress) + "%";
  }

  private static String settled(Progress progress) {
    List<String> parts = new ArrayList<>();
    parts.add(
        String.format(
            Locale.ROOT,
            "%,d/%,d%s",
            progress.done(),
            progress.read(),
            progress.allRead() ? "" : "+"));
    if (progress.failed() > 0) {
      parts.add(String.format(Locale.ROOT, "%,d failed", progress.failed()));
    }
    return String.join(", ", parts);
  }

  private static long atProvider(Progress progress) {
    return Math.min(100, 100 * progress.executed() / progress.running());
  }

  private static String clip(String line, int columns) {
    if (line.length() <= columns) {
      return line;
    }
    return line.substring(0, Math.max(0, columns - 1)) + MORE;
  }
}
