package dev.offpeak.standalone.input;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The first bytes of a file, by which its kind is told. A mistake is one of the whole file only
 * when all lines share it: one bad line among good ones fails by itself.
 */
final class Beginning {

  /** How many bytes are looked at. */
  static final int WINDOW = 256 * 1024;

  private static final int SHOWN = 60;
  private static final int MAX_LINES = 200;

  private final byte[] window;
  private final boolean whole;
  private final List<byte[]> lines;
  private final int start;

  /**
   * @param window at most {@link #WINDOW} bytes, unpacked
   * @param whole whether the file has no more
   */
  Beginning(byte[] window, boolean whole) {
    this.window = window;
    this.whole = whole;
    this.lines = lines(window);
    this.start = firstOf(window, hasMark(window) ? 3 : 0, window.length);
  }

  /** Whether it is a JSON list of objects, or an empty one. */
  boolean isList() {
    if (start == window.length || window[start] != '[') {
      return false;
    }
    int next = firstOf(window, start + 1, window.length);
    return next < window.length
        && (window[next] == '{'
            || (window[next] == ']' && lines.stream().noneMatch(this::isObject)));
  }

  /** Whether nothing but white space was seen. */
  boolean isBlank() {
    return start == window.length;
  }

  /** What is wrong with the whole file, with what to do, or null. */
  @Nullable String problem() {
    if (window.length == 0) {
      return "it is empty";
    }
    String kind = FileKind.problem(window);
    if (kind != null) {
      return kind;
    }
    if (isBlank()) {
      return whole ? "it has only blank lines" : null;
    }
    if (isList()) {
      return window[firstOf(window, start + 1, window.length)] == ']'
          ? "it is an empty list"
          : null;
    }
    if (lines.stream().noneMatch(this::isObject)) {
      return noObjects();
    }
    String layout = new Layout(window, start, lines).problem();
    return layout == null ? LineKind.problem(lines) : layout;
  }

  private String noObjects() {
    if (isBinary()) {
      return "it is a binary file; request lines are text, one JSON object a line";
    }
    String first = new String(lines.getFirst(), UTF_8).strip();
    String shown = first.length() <= SHOWN ? first : first.substring(0, SHOWN) + "…";
    String seen = "; its first line is '" + shown + "'";
    if (window[start] == '[') {
      return "it is a list, but not of request objects" + seen;
    }
    if (first.startsWith("<")) {
      return "it looks like a web page or XML" + seen;
    }
    String table = table(first);
    return table == null
        ? "none of its lines is a JSON object" + seen
        : "it looks like " + table + seen + "; convert it to JSON, one object a line";
  }

  private @Nullable String table(String first) {
    for (String separator : List.of("\t", ",", ";")) {
      long columns = first.chars().filter(c -> c == separator.charAt(0)).count();
      long rows =
          lines.stream()
              .filter(line -> new String(line, UTF_8).contains(separator))
              .limit(MAX_LINES)
              .count();
      if (columns > 0 && rows == lines.size()) {
        return separator.equals("\t") ? "a table with tabs (TSV)" : "a table (CSV)";
      }
    }
    return null;
  }

  private boolean isBinary() {
    int odd = 0;
    for (byte b : window) {
      odd += b >= 0 && b < ' ' && b != '\t' && b != '\n' && b != '\r' && b != '\f' ? 1 : 0;
    }
    return odd * 50 > window.length;
  }

  private boolean isObject(byte[] line) {
    return line[firstOf(line, hasMark(line) ? 3 : 0, line.length - 1)] == '{';
  }

  /** Lines that are not blank; the last one may be cut. */
  private static List<byte[]> lines(byte[] window) {
    List<byte[]> lines = new ArrayList<>();
    int from = 0;
    for (int i = 0; i <= window.length && lines.size() < MAX_LINES; i++) {
      if (i == window.length || window[i] == '\n') {
        if (firstOf(window, from, i) < i) {
          lines.add(Arrays.copyOfRange(window, from, i));
        }
        from = i + 1;
      }
    }
    return lines;
  }

  private static boolean hasMark(byte[] bytes) {
    return bytes.length >= 3
        && bytes[0] == (byte) 0xEF
        && bytes[1] == (byte) 0xBB
        && bytes[2] == (byte) 0xBF;
  }

  /** Index of the first byte that is not white space, or the end. */
  static int firstOf(byte[] bytes, int from, int end) {
    int at = from;
    while (at < end
        && (bytes[at] == ' ' || bytes[at] == '\t' || bytes[at] == '\r' || bytes[at] == '\n')) {
      at++;
    }
    return at;
  }
}
