package dev.offpeak.results.lane;

import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** Opens readers of records at known places. */
public final class PlaceReaders {

  private final Supplier<Consumer<byte[], byte[]>> consumers;

  /**
   * Readers over these consumers.
   *
   * @param consumers new ones, that see committed records, begin at the earliest and have no group
   */
  public PlaceReaders(Supplier<Consumer<byte[], byte[]>> consumers) {
    this.consumers = consumers;
  }

  /** A reader of many records of a partition, to be closed by the caller. */
  public PlaceReader open(TopicPartition partition) {
    return new PlaceReader(consumers.get(), partition);
  }

  /** The one record at that place; null when the topic no longer holds it. */
  public @Nullable ConsumerRecord<byte[], byte[]> read(TopicPartition partition, long offset) {
    try (PlaceReader reader = open(partition)) {
      return reader.read(offset);
    }
  }
}
