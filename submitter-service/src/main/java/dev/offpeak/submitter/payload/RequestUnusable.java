package dev.offpeak.submitter.payload;

import java.io.IOException;
import org.apache.kafka.common.TopicPartition;

/** A record of llm.lanes is no request that could be uploaded, and never will be. */
public final class RequestUnusable extends IOException {

  private static final long serialVersionUID = 1L;

  private final long offset;

  RequestUnusable(TopicPartition lane, long offset, IOException cause) {
    super(
        "the record at offset %d of %s can't be used: %s"
            .formatted(offset, lane, cause.getMessage()),
        cause);
    this.offset = offset;
  }

  /** Where it stands. */
  public long offset() {
    return offset;
  }
}
