package dev.offpeak.results.shared.lane;

import dev.offpeak.schemas.reading.PositionReader;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Reads single records here and there. A consumer costs more than a read, so some are kept for the
 * next ones. Safe for threads.
 */
public final class SingleRecordReader implements AutoCloseable {

  private static final int KEPT = 4;

  private final PlaceReaders readers;
  private final Map<TopicPartition, Queue<PositionReader<byte[]>>> idle = new ConcurrentHashMap<>();

  /** Reads with such readers. */
  public SingleRecordReader(PlaceReaders readers) {
    this.readers = readers;
  }

  /**
   * The record at that place; null when the topic no longer holds it.
   *
   * @throws org.apache.kafka.common.KafkaException when it can't be read now
   */
  public @Nullable ConsumerRecord<byte[], byte[]> read(TopicPartition partition, long offset) {
    Queue<PositionReader<byte[]>> free =
        idle.computeIfAbsent(partition, _ -> new ConcurrentLinkedQueue<>());
    PositionReader<byte[]> kept = free.poll();
    PositionReader<byte[]> reader = kept == null ? readers.open(partition) : kept;
    boolean good = false;
    try {
      reader.startOver();
      ConsumerRecord<byte[], byte[]> record = reader.read(offset);
      good = true;
      return record;
    } finally {
      if (good && free.size() < KEPT) {
        free.add(reader);
      } else {
        reader.close();
      }
    }
  }

  @Override
  public void close() {
    idle.values().forEach(free -> free.forEach(PositionReader::close));
  }
}
