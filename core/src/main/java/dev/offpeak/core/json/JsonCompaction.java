package dev.offpeak.core.json;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Compaction of JSON to a single line: white space outside strings is dropped and nothing else
 * changes, so numbers, escapes and key order stay as they were written. Works on bytes in one pass
 * and makes no garbage. The input must be valid JSON in UTF-8 (the caller has checked that); of
 * anything else the outcome has no meaning, but the length still equals the bytes written.
 */
public final class JsonCompaction {

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long ONES = 0x0101010101010101L;
  private static final long HIGH_BITS = 0x8080808080808080L;
  private static final long QUOTES = '"' * ONES;
  private static final long ESCAPES = '\\' * ONES;

  private JsonCompaction() {}

  /**
   * Takes stretches of compact JSON in order; together they are the compacted value. Made for
   * writing and for hashing without a copy.
   */
  @FunctionalInterface
  public interface RunConsumer<E extends Exception> {

    /** Takes {@code length} bytes from {@code start} on. */
    void accept(byte[] bytes, int start, int length) throws E;
  }

  /** Bytes of the value without white space outside strings. */
  public static int compactLength(byte[] json, int start, int length) {
    int end = start + length;
    int kept = length;
    for (int i = start; i < end; i++) {
      byte b = json[i];
      if (b == '"') {
        i = endOfString(json, i + 1, end);
      } else if (isWhiteSpace(b)) {
        kept--;
      }
    }
    return kept;
  }

  /** Writes the compacted value. */
  public static void write(byte[] json, int start, int length, OutputStream sink)
      throws IOException {
    forEachRun(json, start, length, sink::write);
  }

  /** Hands the compacted value over in runs, each as long as possible. */
  public static <E extends Exception> void forEachRun(
      byte[] json, int start, int length, RunConsumer<E> consumer) throws E {
    int end = start + length;
    int runStart = start;
    for (int i = start; i < end; i++) {
      byte b = json[i];
      if (b == '"') {
        i = endOfString(json, i + 1, end);
      } else if (isWhiteSpace(b)) {
        if (i > runStart) {
          consumer.accept(json, runStart, i - runStart);
        }
        runStart = i + 1;
      }
    }
    if (end > runStart) {
      consumer.accept(json, runStart, end - runStart);
    }
  }

  /** Index of the quote that ends the string; {@code end} or more when none does. */
  private static int endOfString(byte[] json, int from, int end) {
    int i = quoteOrEscape(json, from, end);
    while (i < end && json[i] == '\\') {
      i = quoteOrEscape(json, i + 2, end);
    }
    return i;
  }

  /** Most of a request is text, so eight bytes are looked at together. */
  private static int quoteOrEscape(byte[] json, int from, int end) {
    int i = from;
    for (; i + Long.BYTES <= end; i += Long.BYTES) {
      long eight = (long) LONGS.get(json, i);
      long found = zeroBytes(eight ^ QUOTES) | zeroBytes(eight ^ ESCAPES);
      if (found != 0) {
        return i + Long.numberOfTrailingZeros(found) / Byte.SIZE;
      }
    }
    while (i < end && json[i] != '"' && json[i] != '\\') {
      i++;
    }
    return i;
  }

  /** Has the high bit of the lowest byte that is zero, and no bit below it. */
  private static long zeroBytes(long eight) {
    return (eight - ONES) & ~eight & HIGH_BITS;
  }

  private static boolean isWhiteSpace(byte b) {
    return b == ' ' || b == '\n' || b == '\r' || b == '\t';
  }
}
