package dev.offpeak.runtime.http;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.buffers.DataReader;
import io.helidon.http.DirectHandler.EventType;
import io.helidon.http.RequestException;
import java.util.function.Supplier;

/**
 * Hands out chunks of a body as they come. Helidon holds a chunk until it is whole, and a line of
 * its framing until it ends, whatever their length: one of two gigabytes would end the process. So
 * a chunk is told to it as several, each as long as what is there.
 */
final class PiecewiseReader extends DataReader {

  /** No size of a chunk needs more. */
  private static final int LONGEST_LINE = 256;

  private static final int HEXADECIMAL = 16;
  private static final int LINE_END = 2;

  /** What is still to come of the chunk that was begun. */
  private int left;

  private boolean isReading;

  // The constructor is to go when DataReader becomes an interface; that will be implemented then.
  @SuppressWarnings("removal")
  PiecewiseReader(Supplier<byte[]> source) {
    super(source);
  }

  /** The next line of the framing: the size of a chunk, or of the next piece of it. */
  @Override
  public String readLine() {
    if (left == 0) {
      String line = lineOfFraming();
      left = size(line);
      if (left == 0) {
        return line;
      }
    }
    ensureAvailable();
    int piece = Math.min(left, available());
    left -= piece;
    return Integer.toHexString(piece);
  }

  @Override
  public BufferData readBuffer(int length) {
    isReading = true;
    try {
      return super.readBuffer(length);
    } finally {
      isReading = false;
    }
  }

  /**
   * Passes over what was read, and over the end of a chunk, which does not stand between two pieces
   * of one.
   */
  @Override
  public void skip(int length) {
    if (isReading || left == 0) {
      super.skip(length);
    }
  }

  private String lineOfFraming() {
    int length = findNewLine(LONGEST_LINE);
    if (length == LONGEST_LINE) {
      throw RequestException.builder()
          .type(EventType.BAD_REQUEST)
          .message("a chunk's size has more than " + LONGEST_LINE + " characters")
          .build();
    }
    String line = readAsciiString(length);
    super.skip(LINE_END);
    return line;
  }

  /** The size of a chunk; 0 for the last one, and for what is none, which Helidon refuses. */
  private static int size(String line) {
    try {
      return Math.max(0, Integer.parseInt(line, HEXADECIMAL));
    } catch (NumberFormatException e) {
      return 0;
    }
  }
}
