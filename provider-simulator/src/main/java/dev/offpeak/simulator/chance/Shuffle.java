package dev.offpeak.simulator.chance;

/**
 * A pseudo-random order of {@code 0..size-1} that is computed, not stored: a small Feistel network
 * over the next even power of two, walked until it falls inside. The same seed gives the same
 * order.
 */
public final class Shuffle {
  private static final int ROUNDS = 4;

  private final int size;
  private final int halfBits;
  private final long seed;

  /**
   * @param size how many places, 0 or more
   * @param seed chooses the order
   */
  public Shuffle(int size, long seed) {
    this.size = size;
    this.seed = seed;
    int bits = 32 - Integer.numberOfLeadingZeros(Math.max(1, size - 1));
    this.halfBits = (bits + 1) / 2;
  }

  /** The element at a place of the order; each element stands at exactly one place. */
  public int at(int place) {
    if (place < 0 || place >= size) {
      throw new IndexOutOfBoundsException("Place " + place + " of an order of " + size);
    }
    long value = place;
    do {
      value = permute(value);
    } while (value >= size);
    return (int) value;
  }

  private long permute(long value) {
    long mask = (1L << halfBits) - 1;
    long left = value >>> halfBits;
    long right = value & mask;
    for (int round = 0; round < ROUNDS; round++) {
      long next = left ^ (Mix.mix(seed + round, right) & mask);
      left = right;
      right = next;
    }
    return (left << halfBits) | right;
  }
}
