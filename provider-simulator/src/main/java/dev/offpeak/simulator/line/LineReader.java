package dev.offpeak.simulator.line;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * Reads a file line by line into one reused buffer. Lines end with a line feed; a carriage return
 * before it belongs to the line end. Memory is one line plus a read-ahead.
 */
public final class LineReader {
  private static final int READ_AHEAD = 1 << 16;

  private final InputStream in;
  private final int maxLineBytes;
  private byte[] buffer = new byte[2 * READ_AHEAD];
  private int start;
  private int lineEnd;
  private int next;
  private int limit;
  private long bufferOffset;

  /**
   * @param in the file
   * @param maxLineBytes the longest line that is read
   */
  public LineReader(InputStream in, int maxLineBytes) {
    this.in = in;
    this.maxLineBytes = maxLineBytes;
  }

  /** A line longer than the simulator reads. */
  public static final class LineTooLong extends IOException {
    LineTooLong(int maxLineBytes) {
      super("A line is longer than " + maxLineBytes + " bytes.");
    }
  }

  /**
   * Goes to the next line.
   *
   * @return false at the end of the file
   */
  public boolean advance() throws IOException {
    start = next;
    int scanned = start;
    while (true) {
      for (int i = scanned; i < limit; i++) {
        if (buffer[i] == '\n') {
          next = i + 1;
          lineEnd = i > start && buffer[i - 1] == '\r' ? i - 1 : i;
          return true;
        }
      }
      scanned = limit - start;
      if (!fill()) {
        next = limit;
        lineEnd = limit;
        return limit > start;
      }
    }
  }

  private boolean fill() throws IOException {
    System.arraycopy(buffer, start, buffer, 0, limit - start);
    bufferOffset += start;
    limit -= start;
    start = 0;
    if (limit > maxLineBytes) {
      throw new LineTooLong(maxLineBytes);
    }
    if (buffer.length - limit < READ_AHEAD) {
      buffer = Arrays.copyOf(buffer, buffer.length * 2);
    }
    int read = in.read(buffer, limit, buffer.length - limit);
    limit += Math.max(0, read);
    return read > 0;
  }

  /** The buffer that holds the current line, valid until the next {@link #advance}. */
  public byte[] buffer() {
    return buffer;
  }

  /** Where in the buffer the current line begins. */
  public int start() {
    return start;
  }

  /** Bytes of the current line without its end. */
  public int length() {
    return lineEnd - start;
  }

  /** Whether the current line has its line feed; only the last one of a file may lack it. */
  public boolean complete() {
    return next > lineEnd;
  }

  /** Where in the file the current line begins. */
  public long fileOffset() {
    return bufferOffset + start;
  }
}
