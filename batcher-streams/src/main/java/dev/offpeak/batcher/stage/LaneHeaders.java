package dev.offpeak.batcher.stage;

import dev.offpeak.schemas.request.OffpeakHeaders;
import java.nio.ByteBuffer;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/**
 * The user's key travels through llm.lanes as a header, since the lane is the key there, and so
 * does a time that is too old for a record there.
 */
final class LaneHeaders {

  private LaneHeaders() {}

  /**
   * The user's headers and key, for llm.lanes. A null key is no header.
   *
   * @param askedAt record time of the request
   * @param laneTime of its record in llm.lanes
   */
  static Headers wrap(Headers headers, byte @Nullable [] key, long askedAt, long laneTime) {
    Headers wrapped = headers(headers);
    if (key != null) {
      wrapped.add(OffpeakHeaders.KEY, key);
    }
    return askedAt >= laneTime
        ? wrapped
        : wrapped.add(
            OffpeakHeaders.ASKED_AT, ByteBuffer.allocate(Long.BYTES).putLong(askedAt).array());
  }

  /** Record time of the request of that record of llm.lanes, in milliseconds since the epoch. */
  static long askedAt(Record<byte[], byte[]> lane) {
    Header askedAt = lane.headers().lastHeader(OffpeakHeaders.ASKED_AT);
    return askedAt == null ? lane.timestamp() : ByteBuffer.wrap(askedAt.value()).getLong();
  }

  /** The user's key. */
  static byte @Nullable [] key(Headers wrapped) {
    Header key = wrapped.lastHeader(OffpeakHeaders.KEY);
    return key == null ? null : key.value();
  }

  /** The user's headers. */
  static Headers headers(Headers wrapped) {
    return new RecordHeaders(wrapped).remove(OffpeakHeaders.KEY).remove(OffpeakHeaders.ASKED_AT);
  }
}
