package dev.offpeak.batcher.state;

import dev.offpeak.core.seal.BatchLimits;
import dev.offpeak.core.seal.Candidate;
import dev.offpeak.core.seal.Manifest;
import dev.offpeak.core.seal.OpenBatch;
import dev.offpeak.core.seal.PositionRuns;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * The open batches of one task, at most one for each lane. Everything is written to the store as it
 * changes; memory only saves reading it back. Not thread-safe.
 */
public final class OpenBatches {

  /** Positions beyond so many bytes move to a segment. */
  private static final int TAIL_BYTES = 256;

  private final KeyValueStore<Bytes, byte[]> store;
  private final Map<Bytes, OpenLane> byLane = new HashMap<>();

  /** Takes over what the store holds. */
  public OpenBatches(KeyValueStore<Bytes, byte[]> store) {
    this.store = store;
    try (KeyValueIterator<Bytes, byte[]> stored =
        store.range(OpenLaneCodec.firstBatchKey(), OpenLaneCodec.lastBatchKey())) {
      while (stored.hasNext()) {
        KeyValue<Bytes, byte[]> entry = stored.next();
        Bytes lane = OpenLaneCodec.laneOf(entry.key);
        byLane.put(lane, OpenLaneCodec.decode(lane, entry.value));
      }
    }
  }

  /** The open batch of the lane, or null when it has none. */
  public @Nullable OpenLane find(Bytes lane) {
    return byLane.get(lane);
  }

  /** Opens a batch for the lane, which must have none. It is stored with its first request. */
  public OpenLane open(Bytes lane, BatchLimits limits, long now) {
    OpenLane opened = new OpenLane(lane, OpenBatch.opened(limits, now), new PositionRuns(), 0);
    byLane.put(lane, opened);
    return opened;
  }

  /** Appends a request to the lane's batch. */
  public void append(OpenLane lane, BatchLimits limits, Candidate request, long offset) {
    lane.append(lane.batch().append(limits, request), offset);
    moveTail(lane);
    store.put(OpenLaneCodec.batchKey(lane.lane()), OpenLaneCodec.encode(lane));
  }

  private void moveTail(OpenLane lane) {
    if (lane.runs().closedLength() > TAIL_BYTES) {
      store.put(OpenLaneCodec.segmentKey(lane.lane(), lane.segments()), lane.runs().takeClosed());
      lane.addSegment();
    }
  }

  /** Offsets in llm.lanes of the requests in the lane's batch, ascending. */
  public long[] offsets(OpenLane lane) {
    ByteArrayOutputStream positions = new ByteArrayOutputStream();
    for (int i = 0; i < lane.segments(); i++) {
      positions.writeBytes(kept(lane, store.get(OpenLaneCodec.segmentKey(lane.lane(), i))));
    }
    positions.writeBytes(lane.runs().copy().finish());
    return offsets(positions.toByteArray(), lane.batch().requests());
  }

  private static long[] offsets(byte[] positions, int requests) {
    return Manifest.decode(0, positions, requests).offsets().toArray();
  }

  /**
   * Takes requests out of the lane's batch, which is forgotten when none is left.
   *
   * @param members by offset; each must be in the batch
   */
  public void takeOut(OpenLane lane, BatchLimits limits, SortedMap<Long, Candidate> members) {
    OpenBatch rest = lane.batch();
    for (Candidate member : members.values()) {
      rest = rest.without(limits, member);
    }
    long[] offsets = offsets(close(lane), lane.batch().requests());
    if (rest.requests() == 0) {
      return;
    }
    OpenLane left = new OpenLane(lane.lane(), rest, new PositionRuns(), 0);
    for (long offset : offsets) {
      if (!members.containsKey(offset)) {
        left.append(rest, offset);
        moveTail(left);
      }
    }
    byLane.put(left.lane(), left);
    store.put(OpenLaneCodec.batchKey(left.lane()), OpenLaneCodec.encode(left));
  }

  /** Forgets the lane's batch and returns its positions, coded as a manifest. */
  public byte[] close(OpenLane lane) {
    ByteArrayOutputStream positions = new ByteArrayOutputStream();
    for (int i = 0; i < lane.segments(); i++) {
      positions.writeBytes(kept(lane, store.delete(OpenLaneCodec.segmentKey(lane.lane(), i))));
    }
    positions.writeBytes(lane.runs().finish());
    store.delete(OpenLaneCodec.batchKey(lane.lane()));
    byLane.remove(lane.lane());
    return positions.toByteArray();
  }

  private static byte[] kept(OpenLane lane, byte @Nullable [] segment) {
    return Objects.requireNonNull(
        segment, () -> "the store lost positions of the open batch of lane " + lane.lane());
  }

  /** All open batches as they are now; may be closed while going through. */
  public List<OpenLane> all() {
    return new ArrayList<>(byLane.values());
  }

  /** How many batches are open. */
  public int size() {
    return byLane.size();
  }
}
