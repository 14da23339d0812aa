package dev.offpeak.batcher.wire;

import java.nio.ByteBuffer;
import org.apache.avro.util.Utf8;
import org.apache.kafka.common.utils.Bytes;

/**
 * What makes a request the same request: lane, tenant, replay id, custom id and attempt, as bytes
 * and without loss. Each text stands behind its length, so that no two identities share their
 * bytes.
 */
public final class Identity {

  private Identity() {}

  /** The identity of a request in that lane. */
  public static Bytes of(Bytes lane, LaneView request) {
    byte[] laneId = lane.get();
    int length =
        4 * Short.BYTES
            + laneId.length
            + request.tenant().getByteLength()
            + request.replayId().getByteLength()
            + request.customId().getByteLength()
            + Integer.BYTES;
    ByteBuffer out = ByteBuffer.allocate(length);
    out.putShort((short) laneId.length).put(laneId);
    put(out, request.tenant());
    put(out, request.replayId());
    put(out, request.customId());
    return Bytes.wrap(out.putInt(request.attempt()).array());
  }

  private static void put(ByteBuffer out, Utf8 text) {
    out.putShort((short) text.getByteLength()).put(text.getBytes(), 0, text.getByteLength());
  }
}
