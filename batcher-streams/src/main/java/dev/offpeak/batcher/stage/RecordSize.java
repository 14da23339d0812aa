package dev.offpeak.batcher.stage;

import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/** How large a record is, found out before Kafka would abort the transaction over it. */
final class RecordSize {

  /** What the sizing of topics and producers allows on top of a request (ClientProperties). */
  static final int ADDED = 64 << 10;

  /** Kafka's own framing of a batch of one record. */
  private static final int FRAME = 1 << 10;

  private static final int HEADER_FRAME = 10;

  private RecordSize() {}

  /** Whether a record of that key, value and headers can be sent. */
  static boolean fits(byte @Nullable [] key, byte[] value, Headers headers, int maxRecordBytes) {
    return FRAME + of(key, value, headers) <= maxRecordBytes;
  }

  /** Bytes of key, value and headers together. */
  static long of(byte @Nullable [] key, byte[] value, Headers headers) {
    long bytes = (long) value.length + (key == null ? 0 : key.length);
    for (Header header : headers) {
      bytes +=
          HEADER_FRAME
              + header.key().getBytes(StandardCharsets.UTF_8).length
              + (header.value() == null ? 0 : header.value().length);
    }
    return bytes;
  }
}
