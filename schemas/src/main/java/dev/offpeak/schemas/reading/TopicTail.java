package dev.offpeak.schemas.reading;

import java.io.Closeable;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads whole partitions without a group: from some place to where they end, and on with what comes
 * later. Records of a partition come in order. For one thread at a time, but for {@link #stop}.
 */
public final class TopicTail implements Closeable {

  private static final Logger LOGGER = LoggerFactory.getLogger(TopicTail.class);
  private static final Duration POLL = Duration.ofMillis(200);
  private static final Duration FOR_EVER = Duration.ofSeconds(Long.MAX_VALUE);

  private final Consumer<byte[], byte[]> consumer;
  private volatile boolean stopped;

  /**
   * Told of each record.
   *
   * @param <X> what breaks the reading off
   */
  @FunctionalInterface
  public interface Visitor<X extends Exception> {

    /** The next record. */
    void visit(ConsumerRecord<byte[], byte[]> record) throws X;
  }

  /**
   * Nothing is read before it is told where to begin.
   *
   * @param consumer of no group, which begins at the earliest; closed with this
   */
  public TopicTail(Consumer<byte[], byte[]> consumer) {
    this.consumer = consumer;
  }

  /** All partitions of these topics. */
  public List<TopicPartition> partitionsOf(String... topics) {
    return Stream.of(topics)
        .flatMap(topic -> consumer.partitionsFor(topic).stream())
        .map(info -> new TopicPartition(info.topic(), info.partition()))
        .toList();
  }

  /** Begins with all that these partitions hold. */
  public void beginAtTheBeginning(Collection<TopicPartition> partitions) {
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
  }

  /** Begins with what comes from now on. */
  public void beginAtTheEnd(Collection<TopicPartition> partitions) {
    consumer.assign(partitions);
    consumer.seekToEnd(partitions);
    // A seek is only noted until somebody asks where it led.
    partitions.forEach(consumer::position);
  }

  /** Begins at these offsets. */
  public void beginAt(Map<TopicPartition, Long> offsets) {
    consumer.assign(offsets.keySet());
    offsets.forEach(consumer::seek);
  }

  /** The offset of what is read next of a partition that it reads. */
  public long position(TopicPartition partition) {
    return consumer.position(partition);
  }

  /**
   * Reads until everything has been visited that a consumer like this one may see now.
   *
   * @throws InterruptedException when told to stop
   */
  public <X extends Exception> void readToEnd(Visitor<X> visitor) throws X, InterruptedException {
    readTo(consumer.endOffsets(consumer.assignment()), FOR_EVER, visitor);
  }

  /**
   * Reads up to these offsets; a few records behind them may be visited, too.
   *
   * @param patience how long there may be nothing new
   * @throws KafkaException when nothing comes for longer
   * @throws InterruptedException when told to stop
   */
  public <X extends Exception> void readTo(
      Map<TopicPartition, Long> ends, Duration patience, Visitor<X> visitor)
      throws X, InterruptedException {
    Map<TopicPartition, Long> left = new HashMap<>(ends);
    // A read that was broken off may have left some paused.
    consumer.resume(consumer.paused());
    try {
      leave(left);
      Duration waited = Duration.ZERO;
      while (!stopped && !left.isEmpty()) {
        boolean came = poll(POLL, visitor);
        waited = leave(left) || came ? Duration.ZERO : waited.plus(POLL);
        if (waited.compareTo(patience) > 0) {
          throw new KafkaException(
              "nothing came from "
                  + left.keySet()
                  + " for "
                  + patience.toSeconds()
                  + " s; a transaction may hang, or the cluster is away");
        }
        if (Thread.interrupted()) {
          throw new InterruptedException("told to stop while reading " + left.keySet());
        }
      }
    } catch (InterruptException e) {
      throw interrupted(left, e);
    }
    consumer.resume(consumer.paused());
  }

  /** Kafka's exception has set the thread's flag, which is what the other one stands for. */
  private static InterruptedException interrupted(
      Map<TopicPartition, Long> left, InterruptException cause) {
    var _ = Thread.interrupted();
    var stop = new InterruptedException("told to stop while reading " + left.keySet());
    stop.initCause(cause);
    return stop;
  }

  /** Positions also move over aborted transactions and markers, which bring no record. */
  private boolean leave(Map<TopicPartition, Long> left) {
    List<TopicPartition> passed =
        left.entrySet().stream()
            .filter(end -> consumer.position(end.getKey()) >= end.getValue())
            .map(Map.Entry::getKey)
            .toList();
    consumer.pause(passed);
    return left.keySet().removeAll(passed);
  }

  /**
   * Visits what has come, waiting for at most that long when there is nothing.
   *
   * @return whether something had come
   */
  public <X extends Exception> boolean poll(Duration wait, Visitor<X> visitor) throws X {
    ConsumerRecords<byte[], byte[]> records = consumer.poll(wait);
    for (ConsumerRecord<byte[], byte[]> record : records) {
      visitor.visit(record);
    }
    return !records.isEmpty();
  }

  /**
   * Goes on reading on a thread of that name until {@link #stop}, and closes the consumer then.
   *
   * @param news told after records that came together were visited
   * @param onFailure told when reading can't go on
   */
  public void follow(
      String thread,
      Visitor<InterruptedException> visitor,
      Runnable news,
      java.util.function.Consumer<Throwable> onFailure) {
    Thread.ofVirtual().name(thread).start(() -> follow(visitor, news, onFailure));
  }

  private void follow(
      Visitor<InterruptedException> visitor,
      Runnable news,
      java.util.function.Consumer<Throwable> onFailure) {
    try (consumer) {
      while (!stopped) {
        if (poll(POLL, visitor)) {
          news.run();
        }
      }
    } catch (WakeupException e) {
      LOGGER.atDebug().log("woken up to stop");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      onFailure.accept(e);
    }
  }

  /** Has whoever waits for more meet a {@link WakeupException}. Safe from any thread. */
  public void wake() {
    consumer.wakeup();
  }

  /** Ends reading soon. Safe from any thread. */
  public void stop() {
    stopped = true;
    consumer.wakeup();
  }

  /** For a reader that nobody follows. */
  @Override
  public void close() {
    consumer.close();
  }
}
