package dev.offpeak.simulator.openai.files;

import java.util.Optional;

/** The {@code ; name="value"} parameters of a header. */
final class HeaderParameters {
  private HeaderParameters() {}

  /** The value of a parameter, with quotes and escapes taken off. */
  static Optional<String> find(String header, String wanted) {
    int at = header.indexOf(';');
    while (at >= 0 && at < header.length()) {
      int equals = header.indexOf('=', at);
      if (equals < 0) {
        return Optional.empty();
      }
      String name = header.substring(at + 1, equals).strip();
      StringBuilder value = new StringBuilder();
      at = readValue(header, equals + 1, value);
      if (name.equalsIgnoreCase(wanted)) {
        return Optional.of(value.toString());
      }
    }
    return Optional.empty();
  }

  private static int readValue(String header, int from, StringBuilder value) {
    boolean quoted = false;
    int i = from;
    for (; i < header.length(); i++) {
      char c = header.charAt(i);
      if (c == '"') {
        quoted = !quoted;
      } else if (c == '\\' && quoted && i + 1 < header.length()) {
        value.append(header.charAt(++i));
      } else if (c == ';' && !quoted) {
        break;
      } else {
        value.append(c);
      }
    }
    return i;
  }
}
