package dev.offpeak.batcher.state;

import java.nio.ByteBuffer;
import java.time.Duration;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * The requests that have been seen within the dedup window, by their whole identity; no hash stands
 * for an id. A request costs one small put. Entries that are over are skipped when they are met and
 * swept out a few at a time.
 */
public final class SeenRequests {

  private static final int VALUE_LENGTH = 3 * Long.BYTES;

  private final KeyValueStore<Bytes, byte[]> store;
  private final long window;
  private @Nullable Bytes sweptTo;

  /**
   * A request that was seen before.
   *
   * @param bodyHash of its compacted body
   * @param offset where it stands in llm.lanes
   * @param seenAt when, in milliseconds since the epoch
   */
  public record Seen(long bodyHash, long offset, long seenAt) {}

  /**
   * Requests in that store.
   *
   * @param window how long a request is remembered
   */
  public SeenRequests(KeyValueStore<Bytes, byte[]> store, Duration window) {
    this.store = store;
    this.window = window.toMillis();
  }

  /**
   * Remembers a request unless one of the same identity was seen within the window, and returns
   * that one; null when the request is new.
   */
  public @Nullable Seen see(Bytes identity, Seen request) {
    byte[] before = store.putIfAbsent(identity, encode(request));
    if (before == null) {
      return null;
    }
    Seen seen = decode(before);
    if (request.seenAt() - seen.seenAt() < window) {
      return seen;
    }
    store.put(identity, encode(request));
    return null;
  }

  /**
   * Drops entries that are over, going on where the last sweep stopped.
   *
   * @param now milliseconds since the epoch
   * @param looks entries to look at
   */
  public void sweep(long now, int looks) {
    int looked = 0;
    Bytes last = null;
    try (KeyValueIterator<Bytes, byte[]> entries = store.range(sweptTo, null)) {
      while (looked < looks && entries.hasNext()) {
        KeyValue<Bytes, byte[]> entry = entries.next();
        looked++;
        last = entry.key;
        if (now - decode(entry.value).seenAt() >= window) {
          store.delete(entry.key);
        }
      }
    }
    sweptTo = looked < looks ? null : last;
  }

  private static byte[] encode(Seen seen) {
    return ByteBuffer.allocate(VALUE_LENGTH)
        .putLong(seen.bodyHash())
        .putLong(seen.offset())
        .putLong(seen.seenAt())
        .array();
  }

  private static Seen decode(byte[] value) {
    ByteBuffer in = ByteBuffer.wrap(value);
    return new Seen(in.getLong(), in.getLong(), in.getLong());
  }
}
