package dev.offpeak.schemas.record;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.Locale;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

/**
 * A record that can be sent.
 *
 * @param key the user's, or its beginning
 * @param value made by us
 * @param headers the user's, or the first of them
 */
public record SendableRecord(byte @Nullable [] key, byte[] value, Headers headers) {

  /** Says on a record what of it was left out or cut, for want of room. */
  public static final String CLIPPED = "offpeak-clipped";

  private static final int LITTLE_KEY = 1024;
  private static final long LITTLE_HEADERS = 4096;

  /**
   * That value with as much of the user's headers and key as there is room for: all of them, or the
   * first few headers, or the beginning of the key as well. {@link #CLIPPED} says so.
   */
  public static SendableRecord of(
      byte @Nullable [] key, byte[] value, Iterable<Header> headers, int maxRecordBytes) {
    SendableRecord whole = new SendableRecord(key, value, copy(headers));
    if (whole.fits(maxRecordBytes)) {
      return whole;
    }
    RecordHeaders first = new RecordHeaders();
    int all = 0;
    int kept = 0;
    long bytes = 0;
    for (Header header : headers) {
      all++;
      bytes += RecordSize.of(header);
      if (bytes <= LITTLE_HEADERS) {
        first.add(header);
        kept++;
      }
    }
    SendableRecord fewer = new SendableRecord(key, value, first);
    if (kept < all) {
      fewer.mark(String.format(Locale.ROOT, "%,d of %,d headers", all - kept, all));
    }
    if (fewer.fits(maxRecordBytes) || key == null || key.length <= LITTLE_KEY) {
      return fewer;
    }
    SendableRecord least = new SendableRecord(Arrays.copyOf(key, LITTLE_KEY), value, first);
    least.mark(String.format(Locale.ROOT, "all but %,d of %,d key bytes", LITTLE_KEY, key.length));
    return least;
  }

  static Headers copy(Iterable<Header> headers) {
    return new RecordHeaders(headers);
  }

  /** Whether it may be sent. */
  boolean fits(int maxRecordBytes) {
    return RecordSize.of(key, value, headers) <= maxRecordBytes;
  }

  /** Says that something is left out; several such headers may stand on a record. */
  void mark(String what) {
    headers.add(CLIPPED, what.getBytes(UTF_8));
  }
}
