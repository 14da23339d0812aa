package dev.offpeak.core.audit;

import java.util.HashMap;
import java.util.Map;

/**
 * Which positions of llm.lanes are published, and how often a provider billed each. One byte a
 * position. Not thread-safe.
 */
public final class PositionMarks {

  private static final int PAGE_BITS = 16;
  private static final int PAGE_SIZE = 1 << PAGE_BITS;
  private static final int PUBLISHED = 0x80;
  private static final int MOST_BILLED = 0x7F;

  private final Map<Integer, Map<Long, byte[]>> partitions = new HashMap<>();

  /** The job of that position is published: the position has its outcome or its retry. */
  public void published(int partition, long offset) {
    page(partition, offset)[slot(offset)] |= (byte) PUBLISHED;
  }

  /** A provider billed one execution of that position. */
  public void billed(int partition, long offset) {
    byte[] page = page(partition, offset);
    int slot = slot(offset);
    if ((page[slot] & MOST_BILLED) < MOST_BILLED) {
      page[slot]++;
    }
  }

  /** Whether its job is published. */
  public boolean isPublished(int partition, long offset) {
    return (at(partition, offset) & PUBLISHED) != 0;
  }

  /** How often it was billed. */
  public int timesBilled(int partition, long offset) {
    return at(partition, offset) & MOST_BILLED;
  }

  private byte at(int partition, long offset) {
    byte[] page = partitions.getOrDefault(partition, Map.of()).get(offset >> PAGE_BITS);
    return page == null ? 0 : page[slot(offset)];
  }

  private byte[] page(int partition, long offset) {
    return partitions
        .computeIfAbsent(partition, _ -> new HashMap<>())
        .computeIfAbsent(offset >> PAGE_BITS, _ -> new byte[PAGE_SIZE]);
  }

  private static int slot(long offset) {
    return (int) (offset & (PAGE_SIZE - 1));
  }
}
