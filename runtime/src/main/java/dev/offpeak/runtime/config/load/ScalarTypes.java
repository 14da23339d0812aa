package dev.offpeak.runtime.config.load;

import dev.offpeak.runtime.config.ByteSize;
import dev.offpeak.runtime.config.Secret;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * The types that stand as a single value, and how their text is read. Parsers throw
 * IllegalArgumentException with the rule that the text broke.
 */
final class ScalarTypes {

  private static final Pattern DURATION = Pattern.compile("(\\d[\\d_]*)\\s*(ms|s|m|h|d)");

  private static final Map<Class<?>, Function<String, Object>> PARSERS =
      Map.ofEntries(
          Map.entry(String.class, text -> text),
          Map.entry(int.class, ScalarTypes::parseInt),
          Map.entry(Integer.class, ScalarTypes::parseInt),
          Map.entry(long.class, ScalarTypes::parseLong),
          Map.entry(Long.class, ScalarTypes::parseLong),
          Map.entry(double.class, ScalarTypes::parseDouble),
          Map.entry(Double.class, ScalarTypes::parseDouble),
          Map.entry(BigDecimal.class, ScalarTypes::parseDecimal),
          Map.entry(boolean.class, ScalarTypes::parseBoolean),
          Map.entry(Boolean.class, ScalarTypes::parseBoolean),
          Map.entry(Duration.class, ScalarTypes::parseDuration),
          Map.entry(ByteSize.class, ByteSize::parse),
          Map.entry(Path.class, Path::of),
          Map.entry(URI.class, ScalarTypes::parseUri));

  private ScalarTypes() {}

  static boolean isScalar(Class<?> type) {
    return PARSERS.containsKey(type) || type.isEnum() || type == Secret.class;
  }

  /** Reads every scalar but secrets, which need the environment. */
  static Object parse(Class<?> type, String text) {
    if (type.isEnum()) {
      return parseEnum(type, text);
    }
    var parser = PARSERS.get(type);
    if (parser == null) {
      throw new IllegalStateException(type + " does not stand as a single value");
    }
    return parser.apply(text);
  }

  private static int parseInt(String text) {
    try {
      return Integer.parseInt(text.replace("_", ""));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("must be a whole number up to 2147483647", e);
    }
  }

  private static long parseLong(String text) {
    try {
      return Long.parseLong(text.replace("_", ""));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("must be a whole number", e);
    }
  }

  private static double parseDouble(String text) {
    try {
      var value = Double.parseDouble(text);
      if (Double.isFinite(value)) {
        return value;
      }
      throw new IllegalArgumentException("must be a finite number");
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("must be a number", e);
    }
  }

  private static BigDecimal parseDecimal(String text) {
    try {
      return new BigDecimal(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("must be a decimal number", e);
    }
  }

  private static boolean parseBoolean(String text) {
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new IllegalArgumentException("must be true or false");
    };
  }

  private static Duration parseDuration(String text) {
    var matcher = DURATION.matcher(text);
    try {
      if (!matcher.matches()) {
        return Duration.parse(text);
      }
      long amount = Long.parseLong(matcher.group(1).replace("_", ""));
      return switch (matcher.group(2)) {
        case "ms" -> Duration.ofMillis(amount);
        case "s" -> Duration.ofSeconds(amount);
        case "m" -> Duration.ofMinutes(amount);
        case "h" -> Duration.ofHours(amount);
        default -> Duration.ofDays(amount);
      };
    } catch (DateTimeParseException | ArithmeticException | NumberFormatException e) {
      throw new IllegalArgumentException("must be a duration such as 250ms, 10m, 7d or PT1H", e);
    }
  }

  private static URI parseUri(String text) {
    try {
      var uri = URI.create(text);
      if (uri.isAbsolute()) {
        return uri;
      }
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("must be a full URL such as https://host/path", e);
    }
    throw new IllegalArgumentException("must be a full URL such as https://host/path");
  }

  private static Object parseEnum(Class<?> type, String text) {
    var wanted = text.toLowerCase(Locale.ROOT).replace('_', '-');
    return Arrays.stream(type.getEnumConstants())
        .filter(constant -> enumText(constant).equals(wanted))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "must be one of "
                        + Arrays.stream(type.getEnumConstants())
                            .map(ScalarTypes::enumText)
                            .toList()));
  }

  /** How a constant is written in a file: {@code IN_PROGRESS} is {@code in-progress}. */
  static String enumText(Object constant) {
    return ((Enum<?>) constant).name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
