package dev.offpeak.batcher.state;

import dev.offpeak.batcher.wire.RequestIdentity;
import dev.offpeak.core.control.ControlCommand.CancelRequests;
import dev.offpeak.core.seal.Candidate;
import dev.offpeak.core.seal.OpenBatch;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Consumer;
import org.apache.kafka.common.serialization.BytesSerializer;
import org.apache.kafka.common.serialization.Serializer;
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

  private static final int VALUE_LENGTH = 5 * Long.BYTES + 2 * Integer.BYTES;

  private static final Serializer<Bytes> KEYS = new BytesSerializer();

  private final KeyValueStore<Bytes, byte[]> store;
  private final long window;
  private @Nullable Bytes sweptTo;

  /**
   * A request that was seen before.
   *
   * @param bodyHash of its compacted body
   * @param offset where it stands in llm.lanes
   * @param seenAt when, in milliseconds since the epoch
   * @param asked what it adds to a batch; null when an earlier release remembered it
   */
  public record Seen(long bodyHash, long offset, long seenAt, @Nullable Asked asked) {}

  /**
   * What a request adds to a batch, so that it can be taken out again.
   *
   * @param compactLength bytes of its compacted body
   * @param inputs embedding inputs; 1 for anything else
   * @param tokens input tokens, estimated
   * @param at when it was asked for, in milliseconds since the epoch
   */
  public record Asked(int compactLength, int inputs, long tokens, long at) {

    /** The same as it joined its batch, but for its deadline, which is not remembered. */
    public Candidate candidate() {
      return new Candidate(compactLength, inputs, tokens, OpenBatch.NO_DEADLINE, at);
    }
  }

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

  /** Tells what is remembered in a lane of the requests that a cancel is about. */
  public void forEachOf(Bytes lane, CancelRequests cancel, Consumer<Seen> receiver) {
    Bytes ofTenant = RequestIdentity.ofTenant(lane, cancel.tenant());
    String replayId = cancel.replayId();
    String customId = cancel.customId();
    if (replayId != null) {
      Bytes ofReplay = RequestIdentity.ofReplayId(ofTenant, replayId);
      forEachBelow(
          customId == null ? ofReplay : RequestIdentity.ofCustomId(ofReplay, customId), receiver);
    } else if (customId == null) {
      forEachBelow(ofTenant, receiver);
    } else {
      forEachOf(ofTenant, customId, receiver);
    }
  }

  /**
   * Tells what is remembered of a custom id, of all replay ids and attempts. Reads as many entries
   * as the tenant has replay ids there, not as many as it has requests.
   */
  private void forEachOf(Bytes ofTenant, String customId, Consumer<Seen> receiver) {
    Bytes end = RequestIdentity.after(ofTenant);
    Bytes next = firstOf(ofTenant, end);
    while (next != null) {
      Bytes ofReplay = RequestIdentity.upToReplayId(ofTenant, next);
      forEachBelow(RequestIdentity.ofCustomId(ofReplay, customId), receiver);
      next = firstOf(RequestIdentity.after(ofReplay), end);
    }
  }

  private void forEachBelow(Bytes prefix, Consumer<Seen> receiver) {
    try (KeyValueIterator<Bytes, byte[]> entries = store.prefixScan(prefix, KEYS)) {
      while (entries.hasNext()) {
        receiver.accept(decode(entries.next().value));
      }
    }
  }

  /**
   * The first key from {@code from} (inclusive) to {@code end} (exclusive), or null. Both are
   * prefixes of keys and none itself, so that the store's inclusive end does not matter.
   */
  private @Nullable Bytes firstOf(Bytes from, Bytes end) {
    if (from.compareTo(end) >= 0) {
      return null;
    }
    try (KeyValueIterator<Bytes, byte[]> entries = store.range(from, end)) {
      return entries.hasNext() ? entries.peekNextKey() : null;
    }
  }

  private static byte[] encode(Seen seen) {
    Asked asked = Objects.requireNonNull(seen.asked(), "what is remembered now has it");
    return ByteBuffer.allocate(VALUE_LENGTH)
        .putLong(seen.bodyHash())
        .putLong(seen.offset())
        .putLong(seen.seenAt())
        .putInt(asked.compactLength())
        .putInt(asked.inputs())
        .putLong(asked.tokens())
        .putLong(asked.at())
        .array();
  }

  private static Seen decode(byte[] value) {
    ByteBuffer in = ByteBuffer.wrap(value);
    long bodyHash = in.getLong();
    long offset = in.getLong();
    long seenAt = in.getLong();
    Asked asked =
        in.hasRemaining() ? new Asked(in.getInt(), in.getInt(), in.getLong(), in.getLong()) : null;
    return new Seen(bodyHash, offset, seenAt, asked);
  }
}
