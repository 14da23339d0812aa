package dev.offpeak.standalone.feed;

import java.util.List;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.jspecify.annotations.Nullable;

/**
 * How far the inputs were read, as it is committed.
 *
 * @param lines blank ones included
 * @param blank of these
 * @param lineLimit the longest line that was not refused, in bytes
 */
public record FeedPosition(long lines, long blank, int lineLimit) {

  static final FeedPosition START = new FeedPosition(0, 0, 0);

  /** What was committed; null before the first commit. */
  public static FeedPosition of(@Nullable OffsetAndMetadata committed) {
    if (committed == null) {
      return START;
    }
    List<String> parts = List.of(committed.metadata().split(" ", 2));
    return parts.size() < 2
        ? new FeedPosition(committed.offset(), 0, Integer.MAX_VALUE)
        : new FeedPosition(
            committed.offset(), Long.parseLong(parts.get(0)), Integer.parseInt(parts.get(1)));
  }

  OffsetAndMetadata toOffset() {
    return new OffsetAndMetadata(lines, blank + " " + lineLimit);
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
