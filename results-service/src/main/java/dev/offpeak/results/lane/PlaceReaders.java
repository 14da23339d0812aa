package dev.offpeak.results.lane;

import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.SerializationException;
import org.jspecify.annotations.Nullable;

/** Opens readers of records at known places. */
public final class PlaceReaders {

  private final Supplier<Consumer<byte[], byte[]>> consumers;
  private final MissingEnds missing;

  /**
   * Readers over these consumers.
   *
   * @param consumers new ones, that see committed records, begin at the earliest and have no group
   * @param missing knows how long places behind a partition's end have been waited for
   */
  public PlaceReaders(Supplier<Consumer<byte[], byte[]>> consumers, MissingEnds missing) {
    this.consumers = consumers;
    this.missing = missing;
  }

  /** A reader of many records of a partition, to be closed by the caller. */
  public PlaceReader open(TopicPartition partition) {
    return new PlaceReader(consumers.get(), partition, missing);
  }

  /**
   * The one record at that place; null when the topic no longer holds it.
   *
   * @throws SerializationException when there never was such a place: whoever names it is wrong
   */
  public @Nullable ConsumerRecord<byte[], byte[]> read(TopicPartition partition, long offset) {
    try (PlaceReader reader = open(partition)) {
      ConsumerRecord<byte[], byte[]> record = reader.read(offset);
      if (record == null && reader.wasBeyondTheEnd()) {
        throw new SerializationException(
            "it names offset " + offset + " of " + partition + ", which has never been there");
      }
      return record;
    }
  }
}
