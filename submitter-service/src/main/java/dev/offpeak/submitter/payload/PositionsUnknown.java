package dev.offpeak.submitter.payload;

import java.io.IOException;
import org.apache.kafka.common.TopicPartition;

/** A batch names requests that llm.lanes never held: its record is wrong, or the topic another. */
public final class PositionsUnknown extends IOException {

  private static final long serialVersionUID = 1L;

  PositionsUnknown(TopicPartition lane, long last, long end) {
    super(
        "the batch names a request at offset %d of %s, which ends at %d; nothing is there to upload"
            .formatted(last, lane, end));
  }
}
