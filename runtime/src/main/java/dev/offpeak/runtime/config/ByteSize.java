package dev.offpeak.runtime.config;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * An amount of data, written as {@code 8MiB}, {@code 200MB} or plain bytes.
 *
 * @param bytes zero or more
 */
public record ByteSize(long bytes) implements Comparable<ByteSize> {

  private static final Pattern FORM = Pattern.compile("(\\d[\\d_]*)\\s*([a-z]*)");

  /** Largest first, so that printing finds the shortest form. */
  private static final Map<String, Long> UNITS = new LinkedHashMap<>();

  static {
    UNITS.put("TiB", 1L << 40);
    UNITS.put("TB", 1_000_000_000_000L);
    UNITS.put("GiB", 1L << 30);
    UNITS.put("GB", 1_000_000_000L);
    UNITS.put("MiB", 1L << 20);
    UNITS.put("MB", 1_000_000L);
    UNITS.put("KiB", 1L << 10);
    UNITS.put("KB", 1_000L);
    UNITS.put("B", 1L);
  }

  public ByteSize {
    if (bytes < 0) {
      throw new IllegalArgumentException("a size must be 0 or more bytes, not " + bytes);
    }
  }

  /**
   * Reads a size; units are not case sensitive, and a number without one is bytes.
   *
   * @throws IllegalArgumentException when the text has another form or is too large
   */
  public static ByteSize parse(String text) {
    var matcher = FORM.matcher(text.strip().toLowerCase(Locale.ROOT));
    if (!matcher.matches()) {
      throw new IllegalArgumentException("must be a size such as 8MiB, 200MB or 4096");
    }
    var unit = matcher.group(2).isEmpty() ? "b" : matcher.group(2);
    var factor =
        UNITS.entrySet().stream()
            .filter(entry -> entry.getKey().toLowerCase(Locale.ROOT).equals(unit))
            .findFirst()
            .orElseThrow(
                () -> new IllegalArgumentException("must have one of the units " + UNITS.keySet()))
            .getValue();
    try {
      return new ByteSize(
          Math.multiplyExact(Long.parseLong(matcher.group(1).replace("_", "")), factor));
    } catch (ArithmeticException | NumberFormatException e) {
      throw new IllegalArgumentException("must be less than 8 EiB", e);
    }
  }

  /** The size as an int, for APIs that take one; larger sizes become the largest int. */
  public int toIntSaturated() {
    return (int) Math.min(bytes, Integer.MAX_VALUE);
  }

  @Override
  public int compareTo(ByteSize other) {
    return Long.compare(bytes, other.bytes);
  }

  /** With the largest unit that needs no fraction. */
  @Override
  public String toString() {
    return UNITS.entrySet().stream()
        .filter(unit -> bytes >= unit.getValue() && bytes % unit.getValue() == 0)
        .findFirst()
        .map(unit -> bytes / unit.getValue() + unit.getKey())
        .orElse("0B");
  }
}
