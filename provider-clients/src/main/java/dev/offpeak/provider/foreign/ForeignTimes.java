package dev.offpeak.provider.foreign;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/** Times that somebody else wrote: between 1970 and the year 9999, or none. */
public final class ForeignTimes {

  private static final Instant LAST = Instant.parse("9999-12-31T23:59:59Z");

  private ForeignTimes() {}

  /** A time in seconds since 1970; null for anything else. */
  public static @Nullable Instant seconds(JsonNode node) {
    long seconds = ForeignNumbers.read(node, LAST.getEpochSecond());
    return seconds > 0 ? Instant.ofEpochSecond(seconds) : null;
  }

  /** A time of RFC 3339; null for anything else. */
  public static @Nullable Instant text(JsonNode node) {
    try {
      Instant time = OffsetDateTime.parse(node.asText("")).toInstant();
      return time.isBefore(Instant.EPOCH) || time.isAfter(LAST) ? null : time;
    } catch (DateTimeException noTime) {
      return null;
    }
  }

  /** That time, or the other where there is none. */
  public static Instant or(@Nullable Instant time, Instant otherwise) {
    return time == null ? otherwise : time;
  }
}
