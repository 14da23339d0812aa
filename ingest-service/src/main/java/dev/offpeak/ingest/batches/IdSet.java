package dev.offpeak.ingest.batches;

/**
 * Remembers ids by 64 bits of a hash, eight bytes each, so that ten million of them are no burden.
 */
public final class IdSet {

  private static final int FIRST = 1 << 12;
  private static final long OFFSET = 0xcbf29ce484222325L;
  private static final long PRIME = 0x100000001b3L;

  private long[] table = new long[FIRST];
  private int size;

  /** Adds an id; false when it was there. */
  public boolean add(String id) {
    if (size > table.length / 2) {
      grow();
    }
    boolean fresh = put(table, hash(id));
    size += fresh ? 1 : 0;
    return fresh;
  }

  private void grow() {
    long[] larger = new long[table.length * 2];
    for (long hash : table) {
      if (hash != 0) {
        put(larger, hash);
      }
    }
    table = larger;
  }

  private static boolean put(long[] table, long hash) {
    int at = (int) (hash >>> 32) & (table.length - 1);
    while (table[at] != 0) {
      if (table[at] == hash) {
        return false;
      }
      at = (at + 1) & (table.length - 1);
    }
    table[at] = hash;
    return true;
  }

  /** FNV-1a, mixed once more so that all bits depend on all letters; never 0. */
  private static long hash(String id) {
    long hash = OFFSET;
    for (int i = 0; i < id.length(); i++) {
      hash = (hash ^ id.charAt(i)) * PRIME;
    }
    hash = (hash ^ (hash >>> 32)) * 0xd6e8feb86659fd93L;
    hash ^= hash >>> 32;
    return hash == 0 ? 1 : hash;
  }
}
