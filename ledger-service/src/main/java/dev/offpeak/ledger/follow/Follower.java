package dev.offpeak.ledger.follow;

import dev.offpeak.core.wait.Backoff;
import dev.offpeak.core.wait.Sleeper;
import dev.offpeak.ledger.book.Book;
import dev.offpeak.ledger.book.Slice;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.jdbi.v3.core.JdbiException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the topics into the book until it is stopped. It belongs to no group: where it stands is in
 * the database alone. Whatever is away, database, broker or registry, is waited for.
 */
public final class Follower implements Runnable {

  private static final Logger LOGGER = LoggerFactory.getLogger(Follower.class);
  private static final Duration POLL = Duration.ofMillis(500);
  private static final Duration LOOK_FOR_PARTITIONS = Duration.ofSeconds(15);
  private static final Duration LOOK_FOR_TOPICS = Duration.ofSeconds(1);
  private static final Duration FORGET = Duration.ofHours(1);
  private static final Backoff WAIT = new Backoff(Duration.ofMillis(500), Duration.ofSeconds(30));

  private final Consumer<byte[], byte[]> consumer;
  private final Book book;
  private final Duration retention;
  private final Clock clock;
  private final Sleeper sleeper;

  /** Where the database stands, by partition. */
  private final Map<TopicPartition, Long> begins = new HashMap<>();

  private volatile Standing standing = Standing.BEGUN;
  private volatile boolean stopped;
  private Instant looked = Instant.MIN;
  private Instant forgot = Instant.MIN;

  /**
   * Reads with that consumer, which it closes.
   *
   * @param consumer of no group, without a rule for places that are gone
   * @param retention how long single requests are kept
   */
  public Follower(
      Consumer<byte[], byte[]> consumer,
      Book book,
      Duration retention,
      Clock clock,
      Sleeper sleeper) {
    this.consumer = consumer;
    this.book = book;
    this.retention = retention;
    this.clock = clock;
    this.sleeper = sleeper;
  }

  /** How far it has come. */
  public Standing standing() {
    return standing;
  }

  @Override
  public void run() {
    try (consumer) {
      int failures = 0;
      while (!stopped) {
        try {
          step();
          failures = 0;
        } catch (OffsetOutOfRangeException e) {
          goOnWhatIsThere(e);
        } catch (WakeupException | InterruptException e) {
          LOGGER.atDebug().log("woken up to stop");
        } catch (KafkaException | JdbiException e) {
          waitAfter(e, failures++);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Ends reading soon. */
  public void stop() {
    stopped = true;
    consumer.wakeup();
  }

  private void step() {
    Instant now = clock.instant();
    Duration between = consumer.assignment().isEmpty() ? LOOK_FOR_TOPICS : LOOK_FOR_PARTITIONS;
    if (looked.isBefore(now.minus(between))) {
      looked = now;
      assign();
    }
    if (forgot.isBefore(now.minus(FORGET))) {
      forgot = now;
      book.forgetBefore(now.minus(retention));
    }
    if (consumer.assignment().isEmpty()) {
      standing = standing.waits("the installation has no topics yet");
      pause(LOOK_FOR_TOPICS);
      return;
    }
    take(consumer.poll(POLL));
    long left =
        consumer.assignment().stream().mapToLong(p -> consumer.currentLag(p).orElse(1)).sum();
    standing = standing.read(left, clock.instant());
  }

  private void pause(Duration time) {
    try {
      sleeper.sleep(time);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      stopped = true;
    }
  }

  private void take(ConsumerRecords<byte[], byte[]> records) {
    for (TopicPartition partition : records.partitions()) {
      var some = records.records(partition);
      long from = begins.getOrDefault(partition, some.getFirst().offset());
      long to = some.getLast().offset() + 1;
      if (book.take(new Slice(partition, from, to, some))) {
        begins.put(partition, to);
      } else {
        LOGGER.atInfo().addKeyValue("partition", partition).log("somebody else was here first");
        seek(Set.of(partition));
      }
    }
  }

  /** Takes up the partitions that there are now. */
  private void assign() {
    List<TopicPartition> found = new ArrayList<>();
    for (String topic : book.topics()) {
      List<PartitionInfo> infos = consumer.partitionsFor(topic);
      if (infos != null) {
        infos.forEach(info -> found.add(new TopicPartition(topic, info.partition())));
      }
    }
    if (Set.copyOf(found).equals(consumer.assignment())) {
      return;
    }
    consumer.assign(found);
    Map<TopicPartition, Long> known = book.places();
    List<TopicPartition> strange =
        found.stream().filter(partition -> !known.containsKey(partition)).toList();
    consumer.beginningOffsets(strange).forEach(book::place);
    seek(found);
  }

  private void seek(Iterable<TopicPartition> partitions) {
    Map<TopicPartition, Long> places = book.places();
    for (TopicPartition partition : partitions) {
      long place = places.getOrDefault(partition, 0L);
      begins.put(partition, place);
      consumer.seek(partition, place);
    }
  }

  /** Retention has taken what was not read, or the topic is another one of the same name. */
  private void goOnWhatIsThere(OffsetOutOfRangeException e) throws InterruptedException {
    Map<TopicPartition, Long> first = consumer.beginningOffsets(e.partitions());
    for (TopicPartition partition : e.partitions()) {
      long place = e.offsetOutOfRangePartitions().getOrDefault(partition, 0L);
      long begin = first.getOrDefault(partition, 0L);
      if (place < begin) {
        LOGGER
            .atWarn()
            .addKeyValue("partition", partition)
            .addKeyValue("from", place)
            .addKeyValue("to", begin)
            .log("records were removed by retention before the ledger read them");
        standing = standing.without(begin - place);
        book.place(partition, begin);
        seek(Set.of(partition));
      } else {
        waitAfter(
            new KafkaException(
                partition
                    + " ends before "
                    + place
                    + ", which the ledger has read: the topic was made anew; give the ledger a new"
                    + " database, it is built from the topics"),
            0);
      }
    }
  }

  private void waitAfter(RuntimeException e, int failures) throws InterruptedException {
    LOGGER.atWarn().setCause(e).log("the ledger waits");
    standing = standing.waits(String.valueOf(e.getMessage()));
    begins.clear();
    looked = Instant.MIN;
    consumer.unsubscribe();
    sleeper.sleep(WAIT.delay(failures, RandomGenerator.getDefault()));
  }
}
