package dev.offpeak.submitter.payload;

import java.io.IOException;

/** Walks over Avro's binary form in place. Not thread-safe. */
final class AvroCursor {

  private static final byte[] NOTHING = {};

  private byte[] bytes = NOTHING;
  private int at;
  private int end;

  /** Goes to the beginning of a record. */
  void open(byte[] newBytes, int from, int to) {
    bytes = newBytes;
    at = from;
    end = to;
  }

  /** Index of the next byte. */
  int at() {
    return at;
  }

  /** Reads an int, a long, the index of a union, or the length of what follows. */
  long next() throws IOException {
    long coded = 0;
    for (int shift = 0; shift < Long.SIZE; shift += 7) {
      if (at == end) {
        throw new IOException("it breaks off");
      }
      byte b = bytes[at++];
      coded |= (long) (b & 0x7F) << shift;
      if (b >= 0) {
        return (coded >>> 1) ^ -(coded & 1);
      }
    }
    throw new IOException("it holds a number of more than 64 bits");
  }

  /** The same for a value of the schema's type int. */
  int nextInt() throws IOException {
    return (int) next();
  }

  /** Passes that many numbers. */
  void skipNumbers(int count) throws IOException {
    for (int i = 0; i < count; i++) {
      next();
    }
  }

  /** Passes that many strings. */
  void skipStrings(long count) throws IOException {
    for (long i = 0; i < count; i++) {
      long length = next();
      if (length < 0 || length > end - at) {
        throw new IOException("it breaks off");
      }
      at += (int) length;
    }
  }

  /** Passes a map of strings. A block with a negative count has its size in bytes behind it. */
  void skipMap() throws IOException {
    for (long count = next(); count != 0; count = next()) {
      if (count < 0) {
        next();
      }
      long entries = Math.abs(count);
      if (entries < 0 || entries > end - at) {
        throw new IOException("it breaks off");
      }
      skipStrings(2 * entries);
    }
  }
}
