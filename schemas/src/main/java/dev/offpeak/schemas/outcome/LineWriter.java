package dev.offpeak.schemas.outcome;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * One line of JSON while it is written. Values that are JSON already are copied byte for byte,
 * which is what no generator offers.
 */
final class LineWriter {

  private static final byte[] NULL = ascii("null");

  private byte[] bytes;
  private int length;

  /** An empty line with room for that many bytes. */
  LineWriter(int expectedLength) {
    bytes = new byte[Math.max(64, expectedLength)];
  }

  /** Opens an object. */
  LineWriter open() {
    return put('{');
  }

  /** Closes an object. */
  LineWriter close() {
    return put('}');
  }

  /** The name of the next value; writes the comma before it where one belongs. */
  LineWriter name(String name) {
    if (bytes[length - 1] != '{') {
      put(',');
    }
    return text(name).put(':');
  }

  /** A string, or null. */
  LineWriter text(@Nullable String value) {
    if (value == null) {
      return put(NULL);
    }
    return put('"').put(JsonStringEncoder.getInstance().quoteAsUTF8(value)).put('"');
  }

  /** A number. */
  LineWriter number(long value) {
    return put(ascii(Long.toString(value)));
  }

  /** A number, or null. */
  LineWriter number(@Nullable Number value) {
    return value == null ? put(NULL) : put(ascii(value.toString()));
  }

  /** A number or literal as it is. */
  LineWriter literal(String value) {
    return put(ascii(value));
  }

  /** JSON as it is; null when there is none. */
  LineWriter json(@Nullable ByteBuffer value) {
    if (value == null || !value.hasRemaining()) {
      return put(NULL);
    }
    int more = value.remaining();
    makeRoom(more);
    value.duplicate().get(bytes, length, more);
    length += more;
    return this;
  }

  /** The whole line, without a line feed. */
  byte[] toBytes() {
    return length == bytes.length ? bytes : Arrays.copyOf(bytes, length);
  }

  private LineWriter put(char c) {
    makeRoom(1);
    bytes[length++] = (byte) c;
    return this;
  }

  private LineWriter put(byte[] more) {
    makeRoom(more.length);
    System.arraycopy(more, 0, bytes, length, more.length);
    length += more.length;
    return this;
  }

  private void makeRoom(int more) {
    if (bytes.length - length < more) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
    }
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
