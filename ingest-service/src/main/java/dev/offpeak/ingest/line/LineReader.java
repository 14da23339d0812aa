package dev.offpeak.ingest.line;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Splits a body into lines at line feeds as it comes in. Holds one line at most, and nothing of a
 * line that is over the limit. Blank lines are passed over.
 */
public final class LineReader {

  private static final int CHUNK = 64 * 1024;

  /** One byte beyond the limit is held, as it may be the carriage return of the line ending. */
  private static final long SPARE = 1;

  private final InputStream in;
  private final int limit;
  private final int mostBlank;
  private final byte[] chunk = new byte[CHUNK];
  private ByteArrayOutputStream held = new ByteArrayOutputStream();
  private int at;
  private int end;
  private long number;
  private long length;
  private int blank;

  /**
   * @param limit longest line in bytes, without its line ending
   * @param mostBlank lines that are passed over
   */
  public LineReader(InputStream in, int limit, int mostBlank) {
    this.in = in;
    this.limit = limit;
    this.mostBlank = mostBlank;
  }

  /**
   * The next line that is not blank, or null at the end of the body. The last line needs no line
   * feed.
   *
   * @throws IOException when the body breaks off; the line that was being read is lost then
   */
  public @Nullable Line next() throws IOException {
    while (at < end || fill()) {
      number++;
      var line = read();
      if (!(line instanceof Line.Whole(long _, byte[] bytes) && isBlank(bytes))) {
        return line;
      }
      passOver();
    }
    return null;
  }

  private void passOver() throws UnfitBody {
    blank++;
    if (blank > mostBlank) {
      throw new UnfitBody(
          UnfitBody.Fault.TOO_MANY_BAD_LINES,
          "more than " + mostBlank + " of its lines are blank (limits.bad-lines)");
    }
  }

  private Line read() throws IOException {
    length = 0;
    boolean more = true;
    int feed = indexOfFeed();
    while (feed < 0 && more) {
      keepUpTo(end);
      more = fill();
      feed = indexOfFeed();
    }
    if (feed >= 0) {
      keepUpTo(feed);
      at = feed + 1;
    }
    return finished();
  }

  private void keepUpTo(int stop) {
    length += stop - at;
    if (length <= limit + SPARE) {
      held.write(chunk, at, stop - at);
    } else {
      held = new ByteArrayOutputStream();
    }
    at = stop;
  }

  private Line finished() {
    if (length > limit + SPARE) {
      return new Line.TooLong(number, length);
    }
    byte[] line = held.toByteArray();
    if (line.length > CHUNK) {
      held = new ByteArrayOutputStream();
    } else {
      held.reset();
    }
    boolean carriageReturn = line.length > 0 && line[line.length - 1] == '\r';
    int text = carriageReturn ? line.length - 1 : line.length;
    if (text > limit) {
      return new Line.TooLong(number, length);
    }
    return new Line.Whole(number, carriageReturn ? Arrays.copyOf(line, text) : line);
  }

  private static boolean isBlank(byte[] bytes) {
    for (byte b : bytes) {
      if (b != ' ' && b != '\t' && b != '\r') {
        return false;
      }
    }
    return true;
  }

  private int indexOfFeed() {
    for (int i = at; i < end; i++) {
      if (chunk[i] == '\n') {
        return i;
      }
    }
    return -1;
  }

  private boolean fill() throws IOException {
    at = 0;
    end = Math.max(0, in.read(chunk));
    return end > 0;
  }
}
