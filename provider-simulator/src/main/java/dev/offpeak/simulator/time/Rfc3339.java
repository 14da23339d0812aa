package dev.offpeak.simulator.time;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** Times as providers write them, for instance {@code 2024-08-20T18:37:24.100435Z}. */
public final class Rfc3339 {
  private static final DateTimeFormatter MICROS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

  private Rfc3339() {}

  /** The text of a time in milliseconds since the epoch. */
  public static String text(long millis) {
    return MICROS.format(Instant.ofEpochMilli(millis));
  }
}
