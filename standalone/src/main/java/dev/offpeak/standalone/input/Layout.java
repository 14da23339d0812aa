package dev.offpeak.standalone.input;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Whether JSON objects stand one on each line. */
final class Layout {

  private static final JsonFactory JSON = new JsonFactory();

  private final byte[] window;
  private final int start;
  private final List<byte[]> lines;

  /**
   * @param start of the first thing that is not white space
   * @param lines those that are not blank
   */
  Layout(byte[] window, int start, List<byte[]> lines) {
    this.window = window;
    this.start = start;
    this.lines = lines;
  }

  /** What is wrong, or null. */
  @Nullable String problem() {
    if (endsLinesWithReturns()) {
      return "its lines end with a carriage return alone; write line feeds: tr '\\r' '\\n' < FILE";
    }
    if (isIndented()) {
      return "its JSON is indented, so that one object takes several lines; write one object a"
          + " line: jq -c . FILE";
    }
    return null;
  }

  private boolean endsLinesWithReturns() {
    if (lines.size() != 1) {
      return false;
    }
    byte[] only = lines.getFirst();
    for (int i = 1; i < only.length; i++) {
      if (only[i - 1] == '\r' && only[i] == '{') {
        return true;
      }
    }
    return false;
  }

  /** Whether the second line goes on with what the first one began, rather than beginning anew. */
  private boolean isIndented() {
    if (lines.size() < 2
        || window[start] != '{'
        || depth(lines.get(0)) <= 0
        || (depth(lines.get(1)) == 0 && startsObject(lines.get(1)))) {
      return false;
    }
    int line = 1;
    try (JsonParser parser = JSON.createParser(window, start, window.length - start)) {
      int depth = 0;
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        line = parser.currentTokenLocation().getLineNr();
        depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
        if (depth == 0) {
          return line > 1;
        }
      }
      return line > 1;
    } catch (IOException breaksOff) {
      return line > 1;
    }
  }

  private static boolean startsObject(byte[] line) {
    return line[Beginning.firstOf(line, 0, line.length - 1)] == '{';
  }

  /** Brackets that a line leaves open; a text that it leaves open counts as one. */
  private static int depth(byte[] line) {
    int depth = 0;
    boolean inString = false;
    for (int i = 0; i < line.length; i++) {
      byte b = line[i];
      if (inString) {
        if (b == '\\') {
          i++;
        } else {
          inString = b != '"';
        }
      } else if (b == '"') {
        inString = true;
      } else {
        depth += b == '{' || b == '[' ? 1 : b == '}' || b == ']' ? -1 : 0;
      }
    }
    return depth;
  }
}
