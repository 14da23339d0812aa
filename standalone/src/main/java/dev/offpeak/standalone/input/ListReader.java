package dev.offpeak.standalone.input;

import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * The elements of a JSON list, each as the bytes that stand there: what an element holds is not
 * this reader's matter. Holds one element at most, and of one over the limit only its start.
 */
final class ListReader implements Lines {

  private final InputStream in;
  private final int file;
  private final int limit;
  private final byte[] buffer = new byte[256 * 1024];
  private int at;
  private int end;
  private long line = 1;
  private boolean opened;
  private boolean closed;

  /**
   * @param in stands before the list
   * @param file which one it is, for the place of each element
   * @param limit longest element in bytes
   */
  ListReader(InputStream in, int file, int limit) {
    this.in = in;
    this.file = file;
    this.limit = limit;
  }

  /**
   * The next element.
   *
   * @throws BrokenInput when the list does not go on or end as a list does
   */
  @Override
  public @Nullable Line next(long number) throws IOException {
    if (closed) {
      return null;
    }
    int first = skipSpace();
    if (!opened) {
      opened = true;
      at++;
      first = skipSpace();
      if (first == ']') {
        return endList();
      }
    }
    if (first == ',' || first == ']') {
      throw broken("a value is missing before '" + (char) first + "'");
    }
    Line element = element(number);
    if (skipSpace() == ',') {
      at++;
      return element;
    }
    endList();
    return element;
  }

  private Line element(long number) throws IOException {
    Place place = new Place(file, line);
    Piece piece = new Piece(limit, 1024);
    int depth = 0;
    boolean inString = false;
    boolean escaped = false;
    int from = at;
    while (true) {
      if (at == end) {
        piece.take(buffer, from, end);
        from = 0;
        mustFill();
      }
      byte b = buffer[at];
      if (inString) {
        inString = escaped || b != '"';
        escaped = !escaped && b == '\\';
      } else if (b == '"') {
        inString = true;
      } else if (b == '{' || b == '[') {
        depth++;
      } else if (depth == 0 && (b == ',' || b == ']' || b == '}')) {
        piece.take(buffer, from, at);
        return piece.line(number, place);
      } else if ((b == '}' || b == ']') && --depth == 0) {
        piece.take(buffer, from, ++at);
        return piece.line(number, place);
      }
      line += b == '\n' ? 1 : 0;
      at++;
    }
  }

  private @Nullable Line endList() throws IOException {
    if (buffer[at] != ']') {
      throw broken("'" + (char) buffer[at] + "' stands where a comma or ] should");
    }
    at++;
    closed = true;
    while (at < end || fill()) {
      byte b = buffer[at++];
      if (!isSpace(b)) {
        throw broken("more follows after the end of the list");
      }
      line += b == '\n' ? 1 : 0;
    }
    return null;
  }

  private int skipSpace() throws IOException {
    while (true) {
      if (at == end) {
        mustFill();
      }
      if (!isSpace(buffer[at]) && !isMark(buffer[at])) {
        return buffer[at];
      }
      line += buffer[at] == '\n' ? 1 : 0;
      at++;
    }
  }

  /** The byte order mark stands before the list only. */
  private boolean isMark(byte b) {
    return !opened && b < 0;
  }

  private static boolean isSpace(byte b) {
    return b == ' ' || b == '\t' || b == '\r' || b == '\n';
  }

  private void mustFill() throws IOException {
    if (!fill()) {
      throw broken("the list breaks off; its ] is missing");
    }
  }

  private boolean fill() throws IOException {
    at = 0;
    end = Math.max(0, in.read(buffer));
    return end > 0;
  }

  private BrokenInput broken(String problem) {
    return new BrokenInput("line " + line + ": " + problem);
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
