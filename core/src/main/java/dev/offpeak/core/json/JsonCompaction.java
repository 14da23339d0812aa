package dev.offpeak.core.json;

import java.io.IOException;
import java.io.OutputStream;

/**
 * Compaction of JSON to a single line: white space outside strings is dropped and nothing else
 * changes, so numbers, escapes and key order stay as they were written. Works on bytes in one pass
 * and makes no garbage. The input must be valid JSON in UTF-8 (the caller has checked that); of
 * anything else the outcome has no meaning, but the length still equals the bytes written.
 */
public final class JsonCompaction {

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
    boolean inString = false;
    for (int i = start; i < end; i++) {
      byte b = json[i];
      if (b == '"') {
        inString = !inString;
      } else if (inString) {
        if (b == '\\') {
          i++;
        }
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
    boolean inString = false;
    for (int i = start; i < end; i++) {
      byte b = json[i];
      if (b == '"') {
        inString = !inString;
      } else if (inString) {
        if (b == '\\') {
          i++;
        }
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

  private static boolean isWhiteSpace(byte b) {
    return b == ' ' || b == '\n' || b == '\r' || b == '\t';
  }
}
