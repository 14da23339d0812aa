package dev.offpeak.standalone.input;

import dev.offpeak.schemas.request.LineOutline;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;

/**
 * A line while it is read: all of it up to the limit, of a longer one only the start and its id.
 */
final class Piece {

  /** What is kept of a line over the limit, enough to recognise it by. */
  static final int KEPT_OF_TOO_LONG = 1024;

  private final int limit;
  private ByteArrayOutputStream kept;
  private byte[] start = {};
  private long length;
  private final LineOutline outline = new LineOutline();

  /**
   * @param limit longest line in bytes
   */
  Piece(int limit, int expected) {
    this.limit = limit;
    this.kept = new ByteArrayOutputStream(expected);
  }

  void take(byte[] bytes, int from, int to) {
    boolean fitted = length <= limit;
    length += to - from;
    if (length <= limit) {
      kept.write(bytes, from, to - from);
      return;
    }
    if (fitted) {
      byte[] before = kept.toByteArray();
      kept = new ByteArrayOutputStream(0);
      outline.take(before, 0, before.length);
      start = Arrays.copyOf(before, Math.min(before.length, KEPT_OF_TOO_LONG));
    }
    if (start.length < KEPT_OF_TOO_LONG) {
      int more = Math.min(KEPT_OF_TOO_LONG - start.length, to - from);
      int at = start.length;
      start = Arrays.copyOf(start, at + more);
      System.arraycopy(bytes, from, start, at, more);
    }
    outline.take(bytes, from, to);
  }

  Line line(long number, Place place) {
    return length <= limit
        ? new Line.Fitting(number, place, kept.toByteArray())
        : new Line.TooLong(number, place, start, length, outline.customId());
  }
}
