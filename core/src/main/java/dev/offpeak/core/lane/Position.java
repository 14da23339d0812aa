package dev.offpeak.core.lane;

import java.nio.charset.StandardCharsets;

/**
 * Where an admitted request stands in llm.lanes; identifies one admitted attempt for ever. The
 * custom id that goes to the provider is derived from it: fixed width, so that a file's size is
 * known before it is written, and valid for all three providers ({@code [a-zA-Z0-9_-]{1,64}}). The
 * user's own id never leaves Kafka.
 *
 * @param partition of llm.lanes, 0 to 65535
 * @param offset in that partition, below 2^56
 */
public record Position(int partition, long offset) {

  /** Bytes of {@link #providerId}. */
  public static final int PROVIDER_ID_LENGTH = 22;

  private static final String PREFIX = "op-";
  private static final int DASH = 7;

  public Position {
    if (partition < 0 || partition > 0xFFFF) {
      throw new IllegalArgumentException("lane partition " + partition + " is not in 0..65535");
    }
    if (offset < 0 || offset >= 1L << 56) {
      throw new IllegalArgumentException("lane offset " + offset + " is not in 0..2^56-1");
    }
  }

  /** Such as {@code op-0003-000000000004d2}: partition and offset in hexadecimal. */
  public String providerId() {
    byte[] id = new byte[PROVIDER_ID_LENGTH];
    writeProviderId(partition, offset, id, 0);
    return new String(id, StandardCharsets.US_ASCII);
  }

  /** Writes the {@link #providerId} of a position into a buffer, without garbage. */
  public static void writeProviderId(int partition, long offset, byte[] into, int at) {
    into[at] = 'o';
    into[at + 1] = 'p';
    into[at + 2] = '-';
    writeHex(partition, 4, into, at + 3);
    into[at + DASH] = '-';
    writeHex(offset, 14, into, at + DASH + 1);
  }

  /**
   * Parses a {@link #providerId}.
   *
   * @throws IllegalArgumentException when it is not one of ours
   */
  public static Position parse(CharSequence id) {
    if (id.length() != PROVIDER_ID_LENGTH
        || !PREFIX.contentEquals(id.subSequence(0, PREFIX.length()))
        || id.charAt(DASH) != '-') {
      throw new IllegalArgumentException("'" + id + "' is not a custom id made by Offpeak");
    }
    return new Position(
        (int) readHex(id, PREFIX.length(), DASH), readHex(id, DASH + 1, PROVIDER_ID_LENGTH));
  }

  private static void writeHex(long value, int digits, byte[] into, int at) {
    long rest = value;
    for (int i = at + digits - 1; i >= at; i--) {
      int digit = (int) (rest & 0xF);
      into[i] = (byte) (digit < 10 ? '0' + digit : 'a' + digit - 10);
      rest >>>= 4;
    }
  }

  private static long readHex(CharSequence id, int from, int to) {
    long value = 0;
    for (int i = from; i < to; i++) {
      char c = id.charAt(i);
      int digit = c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
      if (digit < 0) {
        throw new IllegalArgumentException("'" + id + "' is not a custom id made by Offpeak");
      }
      value = (value << 4) | digit;
    }
    return value;
  }
}
