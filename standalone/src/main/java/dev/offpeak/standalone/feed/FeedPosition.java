package dev.offpeak.standalone.feed;

import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.jspecify.annotations.Nullable;

/**
 * How far the inputs were read, as it is committed.
 *
 * @param lines blank ones included
 * @param blank of these
 */
public record FeedPosition(long lines, long blank) {

  static final FeedPosition START = new FeedPosition(0, 0);

  /** What was committed; null before the first commit. */
  public static FeedPosition of(@Nullable OffsetAndMetadata committed) {
    if (committed == null) {
      return START;
    }
    String blank = committed.metadata();
    return new FeedPosition(
        committed.offset(), blank == null || blank.isEmpty() ? 0 : Long.parseLong(blank));
  }

  OffsetAndMetadata toOffset() {
    return new OffsetAndMetadata(lines, Long.toString(blank));
  }

  /** Whether nothing was read yet. */
  public boolean isStart() {
    return lines == 0;
  }

  /** Requests that were read. */
  long requests() {
    return lines - blank;
  }
}
