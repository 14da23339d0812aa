package dev.offpeak.provider.line;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Splits a stream into lines without copying them: each stands in the buffer until the next is
 * asked for. The buffer grows to the longest line and no further than its limit, and is given back
 * with the next one; of a longer line only the beginning and the last bytes are kept, and one that
 * goes on and on is a failure.
 */
final class LineBuffer {

  private static final int FIRST_SIZE = 64 * 1024;

  /** A buffer that a rare long line made larger than this is given back. */
  private static final int KEPT_SIZE = 1024 * 1024;

  /** So much of the end of a line is kept that is cut: ids may stand there. */
  private static final int TAIL = 512;

  /** So many times the limit, and a line is taken for one without end: 2 GiB of 64 MiB. */
  private static final long ENDLESS = 32;

  private final InputStream in;
  private final int limit;
  private final LongLines longLines;
  private LongLines.@Nullable Stay stay;
  private byte[] bytes;
  private int start;
  private int length;
  private int next;
  private int filled;
  private boolean ended;
  private boolean cut;
  private int end;

  LineBuffer(InputStream in, int limit, LongLines longLines) {
    this.in = in;
    this.limit = limit;
    this.longLines = longLines;
    this.bytes = new byte[Math.min(FIRST_SIZE, limit)];
  }

  /** Moves to the next line, its line feed not counted; false at the end. */
  boolean advance() throws IOException {
    giveBack();
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
        dropped += limit - kept() - tail();
        if (dropped > ENDLESS * limit) {
          throw new IOException("a line has no end after " + dropped + " bytes");
        }
        System.arraycopy(bytes, start + limit - tail(), bytes, start + kept(), tail());
        scanned = kept() + tail();
        filled = start + scanned;
        cut = true;
      }
      fill();
    }
  }

  private boolean take(int scanned, int following) {
    length = cut ? kept() : scanned;
    end = scanned;
    next = following;
    return true;
  }

  /** What is kept of the beginning of a line that is too long. */
  private int kept() {
    return Math.min(limit / 2, FIRST_SIZE);
  }

  /** What is kept of its end. */
  private int tail() {
    return Math.min(limit / 8, TAIL);
  }

  private void fill() throws IOException {
    if (start > 0) {
      System.arraycopy(bytes, start, bytes, 0, filled - start);
      filled -= start;
      start = 0;
    }
    if (filled == bytes.length) {
      int larger = (int) Math.min(limit, bytes.length * 2L);
      if (larger > LongLines.LONG && stay == null) {
        stay = longLines.enter();
      }
      bytes = Arrays.copyOf(bytes, larger);
    }
    if (stay != null) {
      stay.check();
    }
    // Little is read beyond the end of a line, so that its buffer can be given back with it.
    int read = in.read(bytes, filled, Math.min(FIRST_SIZE, bytes.length - filled));
    if (read < 0) {
      ended = true;
    } else {
      filled += read;
    }
  }

  /** Once the line is done with, a buffer that was made larger for it is too. */
  private void giveBack() {
    if (bytes.length > KEPT_SIZE && filled - next <= FIRST_SIZE) {
      byte[] small = new byte[FIRST_SIZE];
      System.arraycopy(bytes, next, small, 0, filled - next);
      bytes = small;
      filled -= next;
      next = 0;
      leave();
    }
  }

  private void leave() {
    if (stay != null) {
      stay.leave();
      stay = null;
    }
  }

  /** No more lines are wanted. */
  void close() {
    leave();
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

  /** The last bytes of a line that is cut. */
  byte[] tailBytes() {
    return Arrays.copyOfRange(bytes, start + Math.max(kept(), end - tail()), start + end);
  }

  /** Whether the line was longer than the limit, and is not whole. */
  boolean isCut() {
    return cut;
  }
}
