package dev.offpeak.simulator.schema;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.offpeak.simulator.chance.Mix;
import java.time.Instant;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** Texts of a format, a pattern, a length. */
final class TextValue {
  private static final long FIRST_SECOND = 1_767_225_600L;
  private static final long SECONDS_A_YEAR = 31_536_000L;
  private static final int TRIES = 32;
  private static final int LONGEST = 100_000;

  private TextValue() {}

  /**
   * A text.
   *
   * @param name of the property that it is for
   */
  static String of(ObjectNode schema, String name, long seed) {
    int least = Math.clamp(schema.path("minLength").asLong(), 0, LONGEST);
    int most = Math.clamp(schema.path("maxLength").asLong(LONGEST), 0, LONGEST);
    if (schema.has("pattern")) {
      return matching(schema.get("pattern").asText(), least, most, name, seed);
    }
    String formatted = formatted(schema.path("format").asText(), seed);
    return fitted(formatted.isEmpty() ? "simulated " + name : formatted, least, most);
  }

  private static String matching(String pattern, int least, int most, String name, long seed) {
    Pattern compiled;
    try {
      compiled = Pattern.compile(pattern);
    } catch (PatternSyntaxException _) {
      return fitted("simulated " + name, least, most);
    }
    String text = "";
    for (int i = 0; i < TRIES; i++) {
      int repeats = i == 0 ? Math.max(1, Math.min(least, most)) : 1 + i;
      text = new PatternText(pattern, Mix.mix(seed, i), repeats).text();
      int length = text.codePointCount(0, text.length());
      if (compiled.matcher(text).find() && length >= least && length <= most) {
        return text;
      }
    }
    return text;
  }

  private static String fitted(String text, int least, int most) {
    String longer = text.length() < least ? text + "x".repeat(least - text.length()) : text;
    return longer.length() > most ? longer.substring(0, most) : longer;
  }

  private static String formatted(String format, long seed) {
    String time =
        Instant.ofEpochSecond(FIRST_SECOND + Math.floorMod(seed, SECONDS_A_YEAR)).toString();
    int small = (int) Math.floorMod(seed, 200L);
    return switch (format) {
      case "date-time" -> time;
      case "date" -> time.substring(0, 10);
      case "time" -> time.substring(11);
      case "duration" -> "PT" + (small + 1) + "M";
      case "email", "idn-email" -> "someone" + small + "@example.com";
      case "hostname", "idn-hostname" -> "host" + small + ".example.com";
      case "uri", "url", "iri", "uri-reference" -> "https://example.com/" + small;
      case "uuid" -> uuid(seed).toString();
      case "ipv4" -> "192.0.2." + small;
      case "ipv6" -> "2001:db8::" + Integer.toHexString(small + 1);
      default -> "";
    };
  }

  /** A UUID that says that it is a random one. */
  private static UUID uuid(long seed) {
    long high = (Mix.mix(seed, 1) & ~0xF000L) | 0x4000L;
    long low = (Mix.mix(seed, 2) & ~(3L << 62)) | (1L << 63);
    return new UUID(high, low);
  }
}
