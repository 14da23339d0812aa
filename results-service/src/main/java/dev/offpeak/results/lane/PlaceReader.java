package dev.offpeak.results.lane;

import java.io.Closeable;
import java.time.Duration;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
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
  private final MissingEnds missing;
  private Iterator<ConsumerRecord<byte[], byte[]>> polled = Collections.emptyIterator();
  private @Nullable ConsumerRecord<byte[], byte[]> head;
  private long reached = -1;
  private boolean beyondTheEnd;

  /**
   * A reader of that partition.
   *
   * @param consumer sees committed records, begins at the earliest, and is closed with this
   * @param missing knows how long the partition's end has been waited for
   */
  PlaceReader(Consumer<byte[], byte[]> consumer, TopicPartition partition, MissingEnds missing) {
    this.consumer = consumer;
    this.partition = partition;
    this.missing = missing;
    consumer.assign(List.of(partition));
  }

  /**
   * The record at that offset, or null when the topic no longer holds it, or has been seen for long
   * to end before it.
   *
   * @param offset above that of the call before
   * @throws KafkaException when the partition's end is before the offset, which may pass
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

  /** Whether a record was looked for behind the end of its partition, and nobody waits for it. */
  boolean wasBeyondTheEnd() {
    return beyondTheEnd;
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
    return isWithin(offset) && reached <= offset;
  }

  /** A record that stood there once is never behind the end, unless the cluster has lost it. */
  private boolean isWithin(long offset) {
    long end = end();
    if (offset >= end && missing.isBelieved(partition, offset, end)) {
      beyondTheEnd = true;
      return false;
    }
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
    return true;
  }

  /** Kafka looks long for the end of a partition that does not exist. */
  private long end() {
    List<PartitionInfo> all = consumer.partitionsFor(partition.topic());
    boolean known =
        all.isEmpty() || all.stream().anyMatch(each -> each.partition() == partition.partition());
    return known ? consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L) : 0;
  }

  @Override
  public void close() {
    consumer.close();
  }
}
