package dev.offpeak.results.lane;

import java.io.Closeable;
import java.time.Duration;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Reads the records at given offsets of one partition, in ascending order. Offsets that stand
 * together are read in one stream; over a wide gap it seeks. Not thread-safe.
 */
public final class PlaceReader implements Closeable {

  private static final Duration POLL = Duration.ofMillis(500);

  /** Reading over as many foreign records costs less than a new fetch. */
  private static final long WIDEST_READ_OVER = 2_000;

  private final Consumer<byte[], byte[]> consumer;
  private final TopicPartition partition;
  private Iterator<ConsumerRecord<byte[], byte[]>> polled = Collections.emptyIterator();
  private @Nullable ConsumerRecord<byte[], byte[]> head;
  private long reached = -1;

  /**
   * A reader of that partition.
   *
   * @param consumer sees committed records, begins at the earliest, and is closed with this
   */
  public PlaceReader(Consumer<byte[], byte[]> consumer, TopicPartition partition) {
    this.consumer = consumer;
    this.partition = partition;
    consumer.assign(List.of(partition));
  }

  /**
   * The record at that offset, or null when the topic no longer holds it.
   *
   * @param offset above that of the call before
   * @throws KafkaException when the partition's end is before the offset
   */
  public @Nullable ConsumerRecord<byte[], byte[]> read(long offset) {
    while (true) {
      ConsumerRecord<byte[], byte[]> next = peek();
      if (next == null) {
        if (!fetch(offset)) {
          return null;
        }
      } else if (next.offset() < offset) {
        head = null;
        if (offset - next.offset() > WIDEST_READ_OVER) {
          dropPolledBefore(offset);
        }
      } else if (next.offset() == offset) {
        head = null;
        return next;
      } else {
        return null;
      }
    }
  }

  /** The next offset may be any. */
  public void startOver() {
    polled = Collections.emptyIterator();
    head = null;
    reached = -1;
  }

  private @Nullable ConsumerRecord<byte[], byte[]> peek() {
    if (head == null && polled.hasNext()) {
      head = polled.next();
    }
    return head;
  }

  private void dropPolledBefore(long offset) {
    while (polled.hasNext() && head == null) {
      ConsumerRecord<byte[], byte[]> next = polled.next();
      head = next.offset() >= offset ? next : null;
    }
  }

  /** Polls once; false when the offset is not to be had any more. */
  private boolean fetch(long offset) {
    if (reached < 0 || offset - reached > WIDEST_READ_OVER) {
      consumer.seek(partition, offset);
      reached = offset;
    }
    polled = consumer.poll(POLL).records(partition).iterator();
    reached = consumer.position(partition);
    if (polled.hasNext()) {
      return true;
    }
    checkIsThere(offset);
    return reached <= offset;
  }

  /** A record that stood there once is never behind the end, unless the cluster has lost it. */
  private void checkIsThere(long offset) {
    long end = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
    if (offset >= end) {
      throw new KafkaException(
          "offset "
              + offset
              + " of "
              + partition
              + " is not visible, it ends at "
              + end
              + " now; its leader is behind or has lost records");
    }
  }

  @Override
  public void close() {
    consumer.close();
  }
}
