package dev.offpeak.standalone.report;

import dev.offpeak.core.text.Visible;
import dev.offpeak.runtime.health.Waiting;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/** What is waited for, in words for the person before the screen. */
public final class WaitWords {

  private static final DateTimeFormatter TODAY =
      DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);
  private static final DateTimeFormatter LATER =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT);

  private WaitWords() {}

  /** The wait that has lasted longest, in one line, and how many others there are. */
  public static String of(List<Waiting> waits) {
    Waiting first = waits.getFirst();
    String others = waits.size() == 1 ? "" : " (and " + (waits.size() - 1) + " more)";
    return "waits" + until(first) + ": " + Visible.of(first.reason()) + others;
  }

  /** A time of today. */
  public static String at(Instant time) {
    return TODAY.format(time.atZone(ZoneId.systemDefault()));
  }

  private static String until(Waiting waiting) {
    Instant until = waiting.until();
    if (until == null) {
      return "";
    }
    boolean soon = Duration.between(waiting.since(), until).toHours() < 12;
    DateTimeFormatter form = soon ? TODAY : LATER;
    return ", until " + form.format(until.atZone(ZoneId.systemDefault())) + " at the latest";
  }
}
