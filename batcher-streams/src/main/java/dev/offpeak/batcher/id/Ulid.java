package dev.offpeak.batcher.id;

/** The text form of a ULID: Crockford's base 32, most significant bits first. */
final class Ulid {

  private static final String DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
  private static final int LENGTH = 26;
  private static final int TIME_LENGTH = 10;
  private static final int BITS = 5;
  private static final int MASK = 31;

  private Ulid() {}

  /**
   * Writes one.
   *
   * @param millis since the epoch; 48 bits of it
   * @param high 16 bits of chance
   * @param low 64 bits of chance
   */
  static String of(long millis, int high, long low) {
    char[] text = new char[LENGTH];
    long time = millis;
    for (int i = TIME_LENGTH - 1; i >= 0; i--) {
      text[i] = DIGITS.charAt((int) (time & MASK));
      time >>>= BITS;
    }
    long rest = low;
    long carried = high & 0xFFFFL;
    for (int i = LENGTH - 1; i >= TIME_LENGTH; i--) {
      text[i] = DIGITS.charAt((int) (rest & MASK));
      rest = (rest >>> BITS) | (carried << (Long.SIZE - BITS));
      carried >>>= BITS;
    }
    return new String(text);
  }
}
