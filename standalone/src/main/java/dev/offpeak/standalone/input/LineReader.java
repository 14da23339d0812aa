package dev.offpeak.standalone.input;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Splits a stream into lines at line feeds. Holds one line at most, and of a line over the limit
 * only its start.
 */
final class LineReader implements Closeable {

  /** What is kept of a line over the limit, enough to recognise it by. */
  static final int KEPT_OF_TOO_LONG = 1024;

  private final InputStream in;
  private final int limit;
  private final byte[] buffer = new byte[256 * 1024];
  private int at;
  private int end;

  /**
   * @param limit longest line in bytes, without its line feed
   */
  LineReader(InputStream in, int limit) {
    this.in = in;
    this.limit = limit;
  }

  /** The next line under that number, or null at the end; a last line needs no line feed. */
  @Nullable Line next(long number) throws IOException {
    if (at == end && !fill()) {
      return null;
    }
    ByteArrayOutputStream line = null;
    long length = 0;
    while (true) {
      int feed = indexOfFeed();
      int stop = feed < 0 ? end : feed;
      int piece = stop - at;
      if (feed >= 0 && length == 0 && piece <= limit) {
        byte[] bytes = Arrays.copyOfRange(buffer, at, stop);
        at = feed + 1;
        return new Line.Fitting(number, bytes);
      }
      if (line == null) {
        line = new ByteArrayOutputStream(2 * piece);
      }
      length += piece;
      line.write(buffer, at, length <= limit ? piece : roomOfTooLong(line, piece));
      at = feed < 0 ? end : feed + 1;
      if (feed >= 0 || !fill()) {
        return finished(number, line, length);
      }
    }
  }

  private static int roomOfTooLong(ByteArrayOutputStream line, int piece) {
    return Math.clamp(KEPT_OF_TOO_LONG - line.size(), 0, piece);
  }

  private Line finished(long number, ByteArrayOutputStream line, long length) {
    byte[] bytes = line.toByteArray();
    return length <= limit
        ? new Line.Fitting(number, bytes)
        : new Line.TooLong(
            number, Arrays.copyOf(bytes, Math.min(bytes.length, KEPT_OF_TOO_LONG)), length);
  }

  private int indexOfFeed() {
    for (int i = at; i < end; i++) {
      if (buffer[i] == '\n') {
        return i;
      }
    }
    return -1;
  }

  private boolean fill() throws IOException {
    at = 0;
    end = Math.max(0, in.read(buffer));
    return end > 0;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
