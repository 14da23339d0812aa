package dev.offpeak.core.seal;

import java.util.Arrays;
import java.util.stream.LongStream;

/**
 * The positions of one batch: ascending offsets in one partition of llm.lanes. Coded as runs of
 * neighbours, each run as two unsigned varints (gap since the end of the last run, length of the
 * run less one), so that 50,000 requests that stand together take a few bytes and 50,000 scattered
 * ones about 150 kB.
 */
public final class Manifest {

  /** Ten times what any provider takes into one batch: what a few bytes may claim to hold. */
  private static final int MOST = 1_000_000;

  private final int partition;
  private final long[] offsets;

  private Manifest(int partition, long[] offsets) {
    this.partition = partition;
    this.offsets = offsets;
  }

  /**
   * A manifest of these offsets.
   *
   * @throws IllegalArgumentException when they are not strictly ascending or one is negative
   */
  public static Manifest of(int partition, long... offsets) {
    long last = -1;
    for (long offset : offsets) {
      if (offset <= last) {
        throw new IllegalArgumentException(
            "offset " + offset + " follows " + last + "; a manifest is strictly ascending");
      }
      last = offset;
    }
    return new Manifest(partition, offsets.clone());
  }

  /**
   * Reads what {@link #encode} wrote.
   *
   * @param size number of requests, as the sealed batch says
   * @throws IllegalArgumentException when the bytes hold another number of positions
   */
  public static Manifest decode(int partition, byte[] coded, int size) {
    if (size < 0 || size > MOST) {
      throw new IllegalArgumentException(
          "a manifest of " + size + " requests; it may hold 0 to " + MOST);
    }
    long[] offsets = new long[size];
    int filled = 0;
    long next = 0;
    VarintReader in = new VarintReader(coded);
    while (in.hasMore()) {
      long gap = in.next();
      long run = in.next() + 1;
      next += gap;
      if (gap < 0 || run < 1 || next < 0 || next > Long.MAX_VALUE - run) {
        throw new IllegalArgumentException("manifest holds an offset of more than 63 bits");
      }
      if (run > size - filled) {
        throw new IllegalArgumentException("manifest holds more than " + size + " positions");
      }
      for (int i = 0; i < run; i++) {
        offsets[filled++] = next++;
      }
    }
    if (filled != size) {
      throw new IllegalArgumentException(
          "manifest holds " + filled + " positions, its batch says " + size);
    }
    return new Manifest(partition, offsets);
  }

  /** The coded form of {@link #decode}. */
  public byte[] encode() {
    PositionRuns runs = new PositionRuns();
    for (long offset : offsets) {
      runs.append(offset);
    }
    return runs.finish();
  }

  /** The partition of llm.lanes that holds every position. */
  public int partition() {
    return partition;
  }

  /** Number of requests. */
  public int size() {
    return offsets.length;
  }

  /** Offset of the request at that index, counted from 0 in manifest order. */
  public long offset(int index) {
    return offsets[index];
  }

  /** Index of that offset, or a negative number when the batch does not hold it. */
  public int indexOf(long offset) {
    return Arrays.binarySearch(offsets, offset);
  }

  /** All offsets, ascending. */
  public LongStream offsets() {
    return Arrays.stream(offsets);
  }

  /** The part from index {@code from} (inclusive) to {@code to} (exclusive), for a bisection. */
  public Manifest slice(int from, int to) {
    return new Manifest(partition, Arrays.copyOfRange(offsets, from, to));
  }

  private static final class VarintReader {
    private final byte[] bytes;
    private int at;

    VarintReader(byte[] bytes) {
      this.bytes = bytes;
    }

    boolean hasMore() {
      return at < bytes.length;
    }

    long next() {
      long value = 0;
      for (int shift = 0; shift < 64; shift += 7) {
        if (at == bytes.length) {
          throw new IllegalArgumentException("manifest ends within a number");
        }
        byte b = bytes[at++];
        value |= (long) (b & 0x7F) << shift;
        if (b >= 0) {
          return value;
        }
      }
      throw new IllegalArgumentException("manifest holds a number of more than 64 bits");
    }
  }
}
