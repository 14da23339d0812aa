package dev.offpeak.schemas.request;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Strict UTF-8: no overlong forms, no surrogates, nothing above U+10FFFF. */
final class Utf8 {

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long HIGH_BITS = 0x8080808080808080L;

  private Utf8() {}

  /** Index of the first byte that does not belong, or -1 when all is valid. */
  static int firstInvalid(byte[] bytes, int start, int end) {
    int i = start;
    while (i < end) {
      while (i + Long.BYTES <= end && ((long) LONGS.get(bytes, i) & HIGH_BITS) == 0) {
        i += Long.BYTES;
      }
      if (i == end) {
        break;
      }
      int length = lengthOfCodePoint(bytes, i, end);
      if (length == 0) {
        return i;
      }
      i += length;
    }
    return -1;
  }

  /** Bytes of the code point that begins there, or 0 when none does (Unicode, table 3-7). */
  private static int lengthOfCodePoint(byte[] bytes, int at, int end) {
    int first = bytes[at] & 0xFF;
    if (first < 0x80) {
      return 1;
    }
    int second = at + 1 < end ? bytes[at + 1] & 0xFF : 0;
    if (first >= 0xC2 && first <= 0xDF) {
      return isTail(second) ? 2 : 0;
    }
    if ((first & 0xF0) == 0xE0) {
      boolean secondFits =
          switch (first) {
            case 0xE0 -> second >= 0xA0 && second <= 0xBF;
            case 0xED -> second >= 0x80 && second <= 0x9F;
            default -> isTail(second);
          };
      return secondFits && at + 2 < end && isTail(bytes[at + 2]) ? 3 : 0;
    }
    if (first >= 0xF0 && first <= 0xF4) {
      boolean secondFits =
          switch (first) {
            case 0xF0 -> second >= 0x90 && second <= 0xBF;
            case 0xF4 -> second >= 0x80 && second <= 0x8F;
            default -> isTail(second);
          };
      return secondFits && at + 3 < end && isTail(bytes[at + 2]) && isTail(bytes[at + 3]) ? 4 : 0;
    }
    return 0;
  }

  private static boolean isTail(int b) {
    return (b & 0xC0) == 0x80;
  }
}
