package dev.offpeak.schemas.request;

import dev.offpeak.core.outcome.FailureCode;
import dev.offpeak.schemas.record.Clip;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Rules for the short texts of a request: ids, names, labels. */
final class TextRules {

  /** Bytes of UTF-8 that a custom id may have. */
  static final int MAX_CUSTOM_ID = 512;

  /** Bytes of UTF-8 that a tenant, account, model, label or replay id may have. */
  static final int MAX_NAME = 256;

  private static final int SHOWN = 80;

  private static final Instant FIRST = Instant.parse("0000-01-01T00:00:00Z");
  private static final Instant LAST = Instant.parse("9999-12-31T23:59:59Z");

  private TextRules() {}

  /** A custom id that keeps the rules. */
  static String customId(String name, @Nullable String value, String kind) throws RequestRefusal {
    String rule = "; each request needs one, a string of 1 to " + MAX_CUSTOM_ID + " bytes of UTF-8";
    if (value == null) {
      throw new RequestRefusal(FailureCode.INVALID_CUSTOM_ID, "\"" + name + "\" is " + kind + rule);
    }
    if (value.isEmpty()) {
      throw new RequestRefusal(FailureCode.INVALID_CUSTOM_ID, "\"" + name + "\" is empty" + rule);
    }
    check(FailureCode.INVALID_CUSTOM_ID, name, value, MAX_CUSTOM_ID);
    return value;
  }

  /** A name that keeps the rules. */
  static String name(String name, String value) throws RequestRefusal {
    check(FailureCode.INVALID_FIELD, name, value, MAX_NAME);
    return value;
  }

  /** A time that can be reckoned with: within the years 0 to 9999. */
  static Instant instant(String name, Instant value) throws RequestRefusal {
    if (value.isBefore(FIRST) || value.isAfter(LAST)) {
      throw new RequestRefusal(
          FailureCode.INVALID_FIELD,
          "\"" + name + "\" is " + value + "; it must be between the years 0 and 9999");
    }
    return value;
  }

  private static void check(FailureCode code, String name, String value, int max)
      throws RequestRefusal {
    if (hasLoneSurrogate(value)) {
      throw new RequestRefusal(
          code,
          "\""
              + name
              + "\" holds half of a surrogate pair, which is no character; use whole characters");
    }
    // A char takes at most three bytes, so that short values need no counting.
    int bytes = value.length() * 3 <= max ? 0 : value.getBytes(StandardCharsets.UTF_8).length;
    if (bytes > max) {
      throw new RequestRefusal(
          code,
          String.format(
              Locale.ROOT,
              "\"%s\" is %,d bytes long; at most %,d bytes of UTF-8 are allowed",
              name,
              bytes,
              max));
    }
  }

  private static boolean hasLoneSurrogate(String value) {
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (Character.isSurrogate(c)) {
        if (Character.isLowSurrogate(c)
            || i + 1 == value.length()
            || !Character.isLowSurrogate(value.charAt(i + 1))) {
          return true;
        }
        i++;
      }
    }
    return false;
  }

  /** A value for a message: not longer than a line. */
  static String shorten(String value) {
    return value.length() <= SHOWN ? value : Clip.text(value, SHOWN);
  }

  /** The beginning of an over-long custom id, by which a person can still find the line. */
  static @Nullable String clip(@Nullable String customId) {
    return customId == null || customId.length() <= MAX_CUSTOM_ID / 4
        ? customId
        : customId.substring(0, MAX_CUSTOM_ID / 4);
  }
}
