package dev.offpeak.simulator.line;

import dev.offpeak.simulator.chance.Mix;
import java.util.Arrays;

/** Finds ids that come twice, by 64-bit hashes in an open table: sixteen bytes an id or less. */
public final class SeenIds {
  private long[] table = new long[1024];
  private int count;

  /**
   * Notes an id.
   *
   * @return whether it was new
   */
  public boolean add(String id) {
    // Zero marks a free place.
    long hash = Mix.hash(id) | 1;
    int at = place(table, hash);
    if (table[at] == hash) {
      return false;
    }
    table[at] = hash;
    if (++count * 2 > table.length) {
      grow();
    }
    return true;
  }

  private void grow() {
    long[] larger = new long[table.length * 2];
    Arrays.stream(table).filter(h -> h != 0).forEach(h -> larger[place(larger, h)] = h);
    table = larger;
  }

  private static int place(long[] table, long hash) {
    int mask = table.length - 1;
    int at = (int) (hash >>> 1) & mask;
    while (table[at] != 0 && table[at] != hash) {
      at = (at + 1) & mask;
    }
    return at;
  }
}
