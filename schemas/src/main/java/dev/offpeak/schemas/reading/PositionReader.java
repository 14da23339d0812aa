package dev.offpeak.schemas.reading;

import java.io.Closeable;
import java.time.Clock;
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
 *
 * @param <V> a record's value
 */
public final class PositionReader<V> implements Closeable {

  private static final Duration POLL = Duration.ofMillis(500);

  /** Reading over as many foreign records costs less than a new fetch. */
  private static final long WIDEST_READ_OVER = 2_000;

  private final Consumer<byte[], V> consumer;
  private final TopicPartition partition;
  private final long fetchBytes;
  private final Clock clock;
  private final Silence silence;
  private Iterator<ConsumerRecord<byte[], V>> polled = Collections.emptyIterator();
  private @Nullable ConsumerRecord<byte[], V> head;
  private long reached = -1;
  private long records;
  private long bytes;
  private boolean gaveUp;

  /** What it means that nothing comes from a position. */
  @FunctionalInterface
  public interface Silence {

    /**
     * Whether to go on waiting; if not, there is no record at that offset.
     *
     * @param waited since something came last
     * @throws KafkaException when nobody can say for now
     */
    boolean goesOn(long offset, Duration waited);

    /** Waits for that long, and fails then with {@link NothingCame}. */
    static Silence lasting(Duration patience) {
      return (offset, waited) -> {
        if (waited.compareTo(patience) >= 0) {
          throw new NothingCame(offset, patience);
        }
        return true;
      };
    }
  }

  /** A broker does not bring what it should have, and does not say why. */
  public static final class NothingCame extends KafkaException {

    private static final long serialVersionUID = 1L;

    private NothingCame(long offset, Duration patience) {
      super("nothing came from offset " + offset + " for " + patience);
    }
  }

  /**
   * A reader of that partition.
   *
   * @param consumer of no group, which sees committed records; the partition is assigned to it, and
   *     it is closed with this
   * @param fetchBytes what one fetch may bring
   * @param silence asked when nothing comes
   */
  public PositionReader(
      Consumer<byte[], V> consumer,
      TopicPartition partition,
      long fetchBytes,
      Clock clock,
      Silence silence) {
    this.consumer = consumer;
    this.partition = partition;
    this.fetchBytes = fetchBytes;
    this.clock = clock;
    this.silence = silence;
    consumer.assign(List.of(partition));
  }

  /**
   * The record at that offset, or null when the log goes on behind it without it, or it was waited
   * for long enough.
   *
   * @param offset above that of the call before
   * @throws KafkaException when it can't be read for now
   */
  public @Nullable ConsumerRecord<byte[], V> read(long offset) {
    while (true) {
      ConsumerRecord<byte[], V> next = peek();
      if (next == null) {
        if (!fetch(offset)) {
          return null;
        }
      } else if (next.offset() > offset) {
        return null;
      } else {
        head = null;
        if (next.offset() == offset) {
          return next;
        }
      }
    }
  }

  /** After a position without a record: the offset at which the log goes on. */
  public long next() {
    ConsumerRecord<byte[], V> next = peek();
    return next == null ? reached : next.offset();
  }

  /** Whether a record was not waited for any longer. */
  public boolean gaveUp() {
    return gaveUp;
  }

  /** The next offset may be any. */
  public void startOver() {
    polled = Collections.emptyIterator();
    head = null;
    reached = -1;
  }

  private @Nullable ConsumerRecord<byte[], V> peek() {
    if (head == null && polled.hasNext()) {
      head = polled.next();
      records++;
      bytes += Math.max(0, head.serializedValueSize());
    }
    return head;
  }

  /** Polls until something comes; false when the offset is not to be had. */
  private boolean fetch(long offset) {
    if (reached < 0 || isFar(offset - reached)) {
      consumer.seek(partition, offset);
    }
    Duration waited = Duration.ZERO;
    while (true) {
      long from = clock.millis();
      polled = consumer.poll(POLL).records(partition).iterator();
      reached = consumer.position(partition);
      if (polled.hasNext()) {
        return true;
      }
      if (reached > offset) {
        return false;
      }
      waited = waited.plusMillis(Math.max(1, clock.millis() - from));
      if (!silence.goesOn(offset, waited)) {
        gaveUp = true;
        return false;
      }
    }
  }

  /** Others' records between two of ours are read over, unless they make whole fetches. */
  private boolean isFar(long gap) {
    long meanBytes = Math.max(1, records == 0 ? 0 : bytes / records);
    return gap > WIDEST_READ_OVER || gap > 2 * fetchBytes / meanBytes;
  }

  @Override
  public void close() {
    consumer.close();
  }
}
