package dev.offpeak.submitter.payload;

import java.io.IOException;
import org.apache.kafka.common.TopicPartition;

/**
 * Requests of a batch are no longer in llm.lanes: they will never be readable again, and the batch
 * as a whole can't be uploaded.
 */
public final class PositionsLost extends IOException {

  private final long first;
  private final long last;

  PositionsLost(TopicPartition lane, long first, long last, long begins) {
    super(
        "the requests at offsets %d to %d of %s are gone (it begins at %d now): the topic's"
                .formatted(first, last, lane, begins)
            + " retention.ms must outlive linger, waiting for quota and the provider's window");
    this.first = first;
    this.last = last;
  }

  /** Offset of the first request that is gone. */
  public long first() {
    return first;
  }

  /**
   * Offset of the last request that is gone, inclusive; those of the batch between are gone too.
   */
  public long last() {
    return last;
  }
}
