package dev.offpeak.batcher.stage;

import dev.offpeak.schemas.request.OffpeakHeaders;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

/** The user's key travels through llm.lanes as a header, since the lane is the key there. */
final class LaneHeaders {

  private LaneHeaders() {}

  /** The user's headers and key, for llm.lanes. A null key is no header. */
  static Headers wrap(Headers headers, byte @Nullable [] key) {
    Headers wrapped = new RecordHeaders(headers).remove(OffpeakHeaders.KEY);
    return key == null ? wrapped : wrapped.add(OffpeakHeaders.KEY, key);
  }

  /** The user's key. */
  static byte @Nullable [] key(Headers wrapped) {
    Header key = wrapped.lastHeader(OffpeakHeaders.KEY);
    return key == null ? null : key.value();
  }

  /** The user's headers. */
  static Headers headers(Headers wrapped) {
    return new RecordHeaders(wrapped).remove(OffpeakHeaders.KEY);
  }
}
