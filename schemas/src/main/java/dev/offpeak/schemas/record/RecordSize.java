package dev.offpeak.schemas.record;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/** How large a record is as producers and topics count it, never less. */
public final class RecordSize {

  /** Framing of a batch of one record and of the compressor, whatever the record's size. */
  private static final int FRAME = 1024;

  /** What can't be compressed grows by less than one in so many. */
  private static final int COMPRESSION = 4096;

  private static final int HEADER_FRAME = 10;

  private RecordSize() {}

  /** Bytes of key, value, headers and framing. */
  public static int of(byte @Nullable [] key, byte[] value, Iterable<Header> headers) {
    long size = content(key, value, headers);
    return (int) Math.min(FRAME + size + size / COMPRESSION, Integer.MAX_VALUE);
  }

  /** Bytes of key, value and headers together, without what is added on the way. */
  public static long content(byte @Nullable [] key, byte[] value, Iterable<Header> headers) {
    long size = (long) value.length + (key == null ? 0 : key.length);
    for (Header header : headers) {
      size += of(header);
    }
    return size;
  }

  /** Bytes of one header. */
  static long of(Header header) {
    return (long) HEADER_FRAME
        + header.key().getBytes(UTF_8).length
        + (header.value() == null ? 0 : header.value().length);
  }
}
