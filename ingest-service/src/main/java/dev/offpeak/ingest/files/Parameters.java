package dev.offpeak.ingest.files;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLDecoder;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The parameters of a header's value, such as {@code form-data; name="file"}. */
final class Parameters {

  private static final Pattern PARAMETER =
      Pattern.compile(";\\s*([\\w-]+)(\\*?)\\s*=\\s*(?:\"((?:[^\"\\\\]|\\\\.)*)\"|([^;\\s]*))");
  private static final String UTF8 = "utf-8''";

  private Parameters() {}

  /** By name in lower case; an encoded one ({@code filename*}) counts for the plain one. */
  static Map<String, String> of(String value) {
    Map<String, String> all = new HashMap<>();
    Matcher matcher = PARAMETER.matcher(value);
    while (matcher.find()) {
      String name = matcher.group(1).toLowerCase(Locale.ROOT);
      String text =
          matcher.group(3) == null
              ? matcher.group(4)
              : matcher.group(3).replace("\\\"", "\"").replace("\\\\", "\\");
      if (matcher.group(2).isEmpty()) {
        all.putIfAbsent(name, text);
      } else if (text.toLowerCase(Locale.ROOT).startsWith(UTF8)) {
        all.put(name, decoded(text.substring(UTF8.length())));
      }
    }
    return all;
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text.replace("+", "%2B"), UTF_8);
    } catch (IllegalArgumentException e) {
      return text;
    }
  }
}
