package dev.offpeak.batcher.stage;

import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/** Whether a record can be sent, found out before Kafka would abort the transaction over it. */
final class RecordSize {

  /**
   * For what Offpeak adds to a request (its fields, a lane's or failure's) and for Kafka's own
   * framing of a batch of one record.
   */
  static final int RESERVE = 64 << 10;

  private static final int HEADER_FRAME = 10;

  private RecordSize() {}

  /** Whether key, value and headers, and the reserve with them, are at most so many bytes. */
  static boolean fits(byte @Nullable [] key, byte[] value, Headers headers, int max) {
    long bytes = (long) RESERVE + value.length + (key == null ? 0 : key.length);
    for (Header header : headers) {
      bytes +=
          HEADER_FRAME
              + header.key().getBytes(StandardCharsets.UTF_8).length
              + (header.value() == null ? 0 : header.value().length);
    }
    return bytes <= max;
  }
}
