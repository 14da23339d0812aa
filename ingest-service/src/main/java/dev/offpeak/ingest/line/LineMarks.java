package dev.offpeak.ingest.line;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

/**
 * Marks the lines of one body, which keep record keys of their own: by the mark their outcomes are
 * known to be of one batch. For one thread.
 */
public final class LineMarks {

  /** The header that it is; it comes back with the outcome. */
  public static final String HEADER = "x-offpeak-line";

  private final @Nullable String batch;
  private int count;

  private LineMarks(@Nullable String batch) {
    this.batch = batch;
  }

  /** Marks of that batch. */
  public static LineMarks of(String batch) {
    return new LineMarks(batch);
  }

  /** No marks. */
  public static LineMarks none() {
    return new LineMarks(null);
  }

  /** The headers of the next line, with its mark. */
  public Headers mark(Headers headers) {
    String mark = batch == null ? null : batch + "/" + count;
    count++;
    return mark == null ? headers : new RecordHeaders(headers).add(HEADER, mark.getBytes(UTF_8));
  }

  /** Lines that were marked. */
  public int count() {
    return count;
  }
}
