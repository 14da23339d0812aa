package dev.offpeak.standalone.feed;

import static java.nio.charset.StandardCharsets.US_ASCII;

import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeader;

/** Failures of lines that were too long, which count no more once longer lines are allowed. */
public final class TooLongLines {

  private static final String LENGTH = "offpeak-line-bytes";

  private TooLongLines() {}

  /** Goes with the failure of a line of that length. */
  static Header header(long length) {
    return new RecordHeader(LENGTH, Long.toString(length).getBytes(US_ASCII));
  }

  /** Whether a failure with these headers is that of a line that is sent by now. */
  public static boolean isOver(Headers headers, int lineLimit) {
    Header length = headers.lastHeader(LENGTH);
    return length != null && Long.parseLong(new String(length.value(), US_ASCII)) <= lineLimit;
  }
}
