package dev.offpeak.submitter.control;

import dev.offpeak.schemas.avro.ControlAction;
import dev.offpeak.schemas.avro.ControlRecord;
import dev.offpeak.submitter.account.AccountBook;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.Deserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads llm.control from its beginning, in every instance: what was wished within the topic's
 * retention holds after a restart, too.
 */
public final class ControlLoop implements Runnable {

  private static final Logger LOGGER = LoggerFactory.getLogger(ControlLoop.class);
  private static final Duration POLL = Duration.ofMillis(200);
  private static final Duration REMEMBERED = Duration.ofDays(2);

  private final org.apache.kafka.clients.consumer.Consumer<byte[], byte[]> consumer;
  private final Deserializer<ControlRecord> values;
  private final String topic;
  private final AccountBook accounts;
  private final Wishes wishes;
  private final Clock clock;
  private final Consumer<Throwable> onFailure;
  private volatile Runnable onNews = () -> {};
  private volatile boolean stopped;

  /** Reads with that consumer of no group. */
  public ControlLoop(
      org.apache.kafka.clients.consumer.Consumer<byte[], byte[]> consumer,
      Deserializer<ControlRecord> values,
      String topic,
      AccountBook accounts,
      Wishes wishes,
      Clock clock,
      Consumer<Throwable> onFailure) {
    this.consumer = consumer;
    this.values = values;
    this.topic = topic;
    this.accounts = accounts;
    this.wishes = wishes;
    this.clock = clock;
    this.onFailure = onFailure;
  }

  /** Reads all there is, so that no job begins that was cancelled before. */
  public void catchUp() {
    List<TopicPartition> partitions =
        consumer.partitionsFor(topic).stream()
            .map(info -> new TopicPartition(topic, info.partition()))
            .toList();
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
    Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
    while (!stopped
        && partitions.stream().anyMatch(p -> consumer.position(p) < ends.getOrDefault(p, 0L))) {
      consumer.poll(POLL).forEach(this::heed);
    }
  }

  /**
   * Goes on reading until {@link #stop}.
   *
   * @param news told when something may have changed for any job
   */
  public void start(Runnable news) {
    onNews = news;
    Thread.ofVirtual().name("submitter-control").start(this);
  }

  @Override
  public void run() {
    try (consumer) {
      while (!stopped) {
        var records = consumer.poll(POLL);
        records.forEach(this::heed);
        if (!records.isEmpty()) {
          onNews.run();
          wishes.forgetBefore(clock.instant().minus(REMEMBERED));
        }
      }
    } catch (WakeupException e) {
      LOGGER.atDebug().log("woken up to stop");
    } catch (KafkaException e) {
      onFailure.accept(e);
    }
  }

  private void heed(ConsumerRecord<byte[], byte[]> record) {
    ControlRecord wish;
    try {
      wish = values.deserialize(topic, record.value());
    } catch (RuntimeException e) {
      LOGGER
          .atWarn()
          .addKeyValue("offset", record.offset())
          .addKeyValue("reason", e.getMessage())
          .log("control record can't be read and is left out");
      return;
    }
    boolean heeded =
        switch (wish.getAction()) {
          case CANCEL -> wishes.noteCancel(wish);
          case ADOPT, DISCARD -> wishes.noteSettlement(wish);
          case PAUSE, RESUME -> hold(wish);
          // A notice of another submitter is for the batcher: each finds out by its own calls.
          case FLUSH, UNUSABLE, USABLE -> false;
        };
    if (heeded) {
      LOGGER.atInfo().addKeyValue("wish", wish).log("control");
    }
  }

  private boolean hold(ControlRecord wish) {
    accounts
        .usable()
        .forEach(
            (name, account) -> {
              if (wish.getAccount() == null || wish.getAccount().equals(name)) {
                if (wish.getAction() == ControlAction.PAUSE) {
                  account.gate().hold();
                } else {
                  account.gate().resume();
                }
              }
            });
    return true;
  }

  /** Ends reading soon. */
  public void stop() {
    stopped = true;
    consumer.wakeup();
  }
}
