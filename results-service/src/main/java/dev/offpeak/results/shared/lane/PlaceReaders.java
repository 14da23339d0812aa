package dev.offpeak.results.shared.lane;

import dev.offpeak.schemas.reading.PositionReader;
import java.util.List;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.SerializationException;
import org.jspecify.annotations.Nullable;

/** Opens readers of records at known places. */
public final class PlaceReaders {

  /** As much as a fetch of ours may bring of a partition. */
  private static final int FETCH_BYTES = 1 << 20;

  private final Supplier<Consumer<byte[], byte[]>> consumers;
  private final ShortPartitions missing;

  /**
   * Readers over these consumers.
   *
   * @param consumers new ones, that see committed records, begin at the earliest and have no group
   * @param missing knows how long places behind a partition's end have been waited for
   */
  public PlaceReaders(Supplier<Consumer<byte[], byte[]>> consumers, ShortPartitions missing) {
    this.consumers = consumers;
    this.missing = missing;
  }

  /**
   * A reader of many records of a partition, to be closed by the caller. It fails while the
   * partition ends before what it is asked for, which may pass.
   */
  public PositionReader<byte[]> open(TopicPartition partition) {
    Consumer<byte[], byte[]> consumer = consumers.get();
    return new PositionReader<>(
        consumer,
        partition,
        FETCH_BYTES,
        missing.clock(),
        (offset, _) -> isWithin(consumer, partition, offset));
  }

  /** A record that stood there once is never behind the end, unless the cluster has lost it. */
  private boolean isWithin(
      Consumer<byte[], byte[]> consumer, TopicPartition partition, long offset) {
    long end = end(consumer, partition);
    if (offset < end) {
      return true;
    }
    if (missing.isBelieved(partition, offset, end)) {
      return false;
    }
    throw new KafkaException(
        "offset "
            + offset
            + " of "
            + partition
            + " is not visible, it ends at "
            + end
            + " now; its leader is behind or has lost records");
  }

  /** Kafka looks long for the end of a partition that does not exist. */
  private static long end(Consumer<byte[], byte[]> consumer, TopicPartition partition) {
    List<PartitionInfo> all = consumer.partitionsFor(partition.topic());
    boolean known =
        all.isEmpty() || all.stream().anyMatch(each -> each.partition() == partition.partition());
    return known ? consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L) : 0;
  }

  /**
   * The one record at that place; null when the topic no longer holds it.
   *
   * @throws SerializationException when there never was such a place: whoever names it is wrong
   */
  public @Nullable ConsumerRecord<byte[], byte[]> read(TopicPartition partition, long offset) {
    try (PositionReader<byte[]> reader = open(partition)) {
      ConsumerRecord<byte[], byte[]> record = reader.read(offset);
      if (record == null && reader.gaveUp()) {
        throw new SerializationException(
            "it names offset " + offset + " of " + partition + ", which has never been there");
      }
      return record;
    }
  }
}
