package dev.offpeak.batcher.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.apache.avro.util.Utf8;
import org.apache.kafka.common.utils.Bytes;

/**
 * What makes a request the same request: lane, tenant, replay id, custom id and attempt, as bytes
 * and without loss. Each text stands behind its length, so that no two identities share their
 * bytes.
 */
public final class RequestIdentity {

  private RequestIdentity() {}

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

  /** How the identities of a tenant's requests in a lane begin. */
  public static Bytes ofTenant(Bytes lane, String tenant) {
    byte[] laneId = lane.get();
    byte[] name = tenant.getBytes(UTF_8);
    return Bytes.wrap(
        ByteBuffer.allocate(2 * Short.BYTES + laneId.length + name.length)
            .putShort((short) laneId.length)
            .put(laneId)
            .putShort((short) name.length)
            .put(name)
            .array());
  }

  /**
   * How the identities begin that share lane, tenant and replay id with this one.
   *
   * @param tenant how it begins, from {@link #ofTenant}
   */
  public static Bytes upToReplayId(Bytes tenant, Bytes identity) {
    int at = tenant.get().length;
    int length = Short.toUnsignedInt(ByteBuffer.wrap(identity.get()).getShort(at));
    return Bytes.wrap(Arrays.copyOf(identity.get(), at + Short.BYTES + length));
  }

  /** How the identities of a tenant's requests of one replay begin. */
  public static Bytes ofReplayId(Bytes tenant, String replayId) {
    return with(tenant, replayId);
  }

  /** How the identities of all attempts begin: what they share up to the replay id, and the id. */
  public static Bytes ofCustomId(Bytes upToReplayId, String customId) {
    return with(upToReplayId, customId);
  }

  private static Bytes with(Bytes beginning, String text) {
    byte[] before = beginning.get();
    byte[] id = text.getBytes(UTF_8);
    return Bytes.wrap(
        ByteBuffer.allocate(before.length + Short.BYTES + id.length)
            .put(before)
            .putShort((short) id.length)
            .put(id)
            .array());
  }

  /** The first key behind all those that begin so; identities begin with a small number. */
  public static Bytes after(Bytes beginning) {
    byte[] key = beginning.get().clone();
    int last = key.length - 1;
    while (++key[last] == 0) {
      last--;
    }
    return Bytes.wrap(key);
  }

  private static void put(ByteBuffer out, Utf8 text) {
    out.putShort((short) text.getByteLength()).put(text.getBytes(), 0, text.getByteLength());
  }
}
