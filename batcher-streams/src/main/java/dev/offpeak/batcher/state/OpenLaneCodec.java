package dev.offpeak.batcher.state;

import dev.offpeak.core.seal.OpenBatch;
import dev.offpeak.core.seal.PositionRuns;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.apache.kafka.common.utils.Bytes;

/**
 * How an open batch is stored. One record holds its sums and the youngest positions; positions that
 * do not change any more move to segments, so that a request writes a few hundred bytes however
 * large its batch is.
 */
final class OpenLaneCodec {

  private static final byte BATCH = 'b';
  private static final byte SEGMENT = 's';
  private static final byte VERSION = 1;
  private static final int FIXED_LENGTH =
      1 + Integer.BYTES + 7 * Long.BYTES + Integer.BYTES + 3 * Long.BYTES;

  private OpenLaneCodec() {}

  /** All keys of sums lie between this one and {@link #lastBatchKey}. */
  static Bytes firstBatchKey() {
    return Bytes.wrap(new byte[] {BATCH});
  }

  static Bytes lastBatchKey() {
    return Bytes.wrap(new byte[] {BATCH + 1});
  }

  static Bytes batchKey(Bytes lane) {
    byte[] id = lane.get();
    return Bytes.wrap(ByteBuffer.allocate(1 + id.length).put(BATCH).put(id).array());
  }

  static Bytes laneOf(Bytes batchKey) {
    byte[] key = batchKey.get();
    return Bytes.wrap(Arrays.copyOfRange(key, 1, key.length));
  }

  static Bytes segmentKey(Bytes lane, int segment) {
    byte[] id = lane.get();
    return Bytes.wrap(
        ByteBuffer.allocate(1 + id.length + Integer.BYTES)
            .put(SEGMENT)
            .put(id)
            .putInt(segment)
            .array());
  }

  static byte[] encode(OpenLane lane) {
    OpenBatch batch = lane.batch();
    PositionRuns runs = lane.runs();
    byte[] closed = runs.closed();
    return ByteBuffer.allocate(FIXED_LENGTH + closed.length)
        .put(VERSION)
        .putInt(batch.requests())
        .putLong(batch.bytes())
        .putLong(batch.inputs())
        .putLong(batch.tokens())
        .putLong(batch.openedAt())
        .putLong(batch.deadline())
        .putLong(batch.earliest())
        .putLong(batch.latest())
        .putInt(lane.segments())
        .putLong(runs.closedEnd())
        .putLong(runs.runStart())
        .putLong(runs.runEnd())
        .put(closed)
        .array();
  }

  static OpenLane decode(Bytes lane, byte[] value) {
    ByteBuffer in = ByteBuffer.wrap(value);
    byte version = in.get();
    if (version != VERSION) {
      throw new IllegalStateException(
          "the open batch of lane "
              + lane
              + " is stored in form "
              + version
              + ", which this release can't read; it reads form "
              + VERSION);
    }
    OpenBatch batch =
        new OpenBatch(
            in.getInt(),
            in.getLong(),
            in.getLong(),
            in.getLong(),
            in.getLong(),
            in.getLong(),
            in.getLong(),
            in.getLong());
    int segments = in.getInt();
    long closedEnd = in.getLong();
    long runStart = in.getLong();
    long runEnd = in.getLong();
    byte[] closed = new byte[in.remaining()];
    in.get(closed);
    return new OpenLane(
        lane, batch, new PositionRuns(closed, closedEnd, runStart, runEnd), segments);
  }
}
