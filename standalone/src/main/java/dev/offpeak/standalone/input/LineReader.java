package dev.offpeak.standalone.input;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Splits a stream into lines at line feeds. Holds one line at most, and of a line over the limit
 * only its start.
 */
final class LineReader implements Lines {

  private final InputStream in;
  private final int file;
  private final int limit;
  private final byte[] buffer = new byte[256 * 1024];
  private int at;
  private int end;
  private long line;

  /**
   * @param file which one it is, for the place of each line
   * @param limit longest line in bytes, without its line feed
   */
  LineReader(InputStream in, int file, int limit) {
    this.in = in;
    this.file = file;
    this.limit = limit;
  }

  /** The next line; the last one needs no line feed. */
  @Override
  public @Nullable Line next(long number) throws IOException {
    if (at == end && !fill()) {
      return null;
    }
    Place place = new Place(file, ++line);
    int feed = indexOfFeed();
    if (feed >= 0 && feed - at <= limit) {
      byte[] bytes = Arrays.copyOfRange(buffer, at, feed);
      at = feed + 1;
      return new Line.Fitting(number, place, bytes);
    }
    Piece piece = new Piece(limit, Math.min(limit, 2 * (end - at)));
    while (true) {
      piece.take(buffer, at, feed < 0 ? end : feed);
      at = feed < 0 ? end : feed + 1;
      if (feed >= 0 || !fill()) {
        return piece.line(number, place);
      }
      feed = indexOfFeed();
    }
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
