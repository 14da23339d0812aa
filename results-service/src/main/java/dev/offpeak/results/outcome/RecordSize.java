package dev.offpeak.results.outcome;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/** The size of a record as a producer and a topic count it, never less. */
public final class RecordSize {

  /** Framing of a batch of one record and of the compressor, whatever the record's size. */
  private static final int FRAME = 1024;

  /** What can't be compressed grows by less than one in so many. */
  private static final int COMPRESSION = 4096;

  private static final int HEADER_FRAME = 10;

  private RecordSize() {}

  /** Bytes of key, value, headers and framing. */
  public static int of(byte @Nullable [] key, byte[] value, List<Header> headers) {
    long size = (long) value.length + (key == null ? 0 : key.length);
    for (Header header : headers) {
      size += HEADER_FRAME + header.key().getBytes(UTF_8).length;
      size += header.value() == null ? 0 : header.value().length;
    }
    return (int) Math.min(FRAME + size + size / COMPRESSION, Integer.MAX_VALUE);
  }
}
