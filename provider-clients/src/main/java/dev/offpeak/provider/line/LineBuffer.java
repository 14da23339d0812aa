package dev.offpeak.provider.line;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * Splits a stream into lines without copying them: each stands in the buffer until the next is
 * asked for. The buffer grows to the longest line and no further than its limit; of a longer line
 * only the beginning is kept, and one that goes on and on is a failure.
 */
final class LineBuffer {

  private static final int FIRST_SIZE = 64 * 1024;

  /** A buffer that a rare long line made larger is given back with the next one. */
  private static final int KEPT_SIZE = 1024 * 1024;

  /** So many times the limit, and a line is taken for one without end: 2 GiB of 64 MiB. */
  private static final long ENDLESS = 32;

  private final InputStream in;
  private final int limit;
  private byte[] bytes;
  private int start;
  private int length;
  private int next;
  private int filled;
  private boolean ended;
  private boolean cut;

  LineBuffer(InputStream in, int limit) {
    this.in = in;
    this.limit = limit;
    this.bytes = new byte[Math.min(FIRST_SIZE, limit)];
  }

  /** Moves to the next line, its line feed not counted; false at the end. */
  boolean advance() throws IOException {
    start = next;
    cut = false;
    long dropped = 0;
    int scanned = 0;
    while (true) {
      for (; start + scanned < filled; scanned++) {
        if (bytes[start + scanned] == '\n') {
          return take(scanned, start + scanned + 1);
        }
      }
      if (ended) {
        return take(scanned, filled) && scanned > 0;
      }
      if (filled - start == limit) {
        dropped += limit - kept();
        if (dropped > ENDLESS * limit) {
          throw new IOException("a line has no end after " + dropped + " bytes");
        }
        filled = start + kept();
        scanned = kept();
        cut = true;
      }
      fill();
    }
  }

  private boolean take(int end, int following) {
    length = cut ? kept() : end;
    next = following;
    return true;
  }

  /** What is kept of a line that is too long. */
  private int kept() {
    return Math.min(limit / 2, FIRST_SIZE);
  }

  private void fill() throws IOException {
    if (start > 0) {
      byte[] from = bytes;
      if (from.length > KEPT_SIZE && filled - start <= FIRST_SIZE) {
        bytes = new byte[FIRST_SIZE];
      }
      System.arraycopy(from, start, bytes, 0, filled - start);
      filled -= start;
      start = 0;
    }
    if (filled == bytes.length) {
      bytes = Arrays.copyOf(bytes, (int) Math.min(limit, bytes.length * 2L));
    }
    int read = in.read(bytes, filled, bytes.length - filled);
    if (read < 0) {
      ended = true;
    } else {
      filled += read;
    }
  }

  /** Leaves out these bytes where the line begins with them. */
  void skip(byte[] beginning) {
    int end = start + beginning.length;
    if (length >= beginning.length
        && Arrays.equals(bytes, start, end, beginning, 0, beginning.length)) {
      start = end;
      length -= beginning.length;
    }
  }

  byte[] bytes() {
    return bytes;
  }

  int start() {
    return start;
  }

  int length() {
    return length;
  }

  /** Whether the line was longer than the limit, and is not whole. */
  boolean isCut() {
    return cut;
  }
}
