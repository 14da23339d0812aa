package dev.offpeak.schemas.control;

import dev.offpeak.core.wait.Backoff;
import dev.offpeak.core.wait.Retries;
import dev.offpeak.core.wait.Retry;
import dev.offpeak.core.wait.RetryLater;
import dev.offpeak.core.wait.Sleeper;
import dev.offpeak.core.wait.StopSignal;
import dev.offpeak.schemas.avro.ControlRecord;
import dev.offpeak.schemas.reading.TopicTail;
import dev.offpeak.schemas.registry.RegistryUnavailable;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads llm.control from its beginning, in every instance: what was asked for within the topic's
 * retention holds after a restart, too. A record that can't be read is left out; one that can't be
 * read as long as the registry is away is waited for.
 */
public final class ControlReader {

  private static final Logger LOGGER = LoggerFactory.getLogger(ControlReader.class);
  private static final Backoff BACKOFF = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(5));

  private final TopicTail tail;
  private final Deserializer<ControlRecord> values;
  private final String topic;
  private final Predicate<ControlRecord> apply;
  private final StopSignal stop;
  private final Consumer<Throwable> onFailure;

  /**
   * Reads with that consumer of no group.
   *
   * @param apply told of each record, one at a time; says whether it changed anything
   * @param sleeper waits between two tries to read a record
   * @param onFailure told when reading can't go on
   */
  public ControlReader(
      org.apache.kafka.clients.consumer.Consumer<byte[], byte[]> consumer,
      Deserializer<ControlRecord> values,
      String topic,
      Predicate<ControlRecord> apply,
      Sleeper sleeper,
      Consumer<Throwable> onFailure) {
    this.tail = new TopicTail(consumer);
    this.values = values;
    this.topic = topic;
    this.apply = apply;
    this.stop = new StopSignal(sleeper);
    this.onFailure = onFailure;
  }

  /**
   * Reads all there is, so that nothing begins that was cancelled or held before. Blocks.
   *
   * @throws InterruptedException when told to stop
   */
  public void catchUp() throws InterruptedException {
    tail.beginAtTheBeginning(tail.partitionsOf(topic));
    tail.readToEnd(this::read);
  }

  /**
   * Goes on reading on a thread of that name until {@link #stop}.
   *
   * @param news told when something may have changed
   */
  public void start(String thread, Runnable news) {
    tail.follow(thread, this::read, news, onFailure);
  }

  private void read(ConsumerRecord<byte[], byte[]> record) throws InterruptedException {
    ControlRecord control = parse(record);
    if (control != null && apply.test(control)) {
      LOGGER.atInfo().addKeyValue("record", control).log("control record applied");
    }
  }

  private @Nullable ControlRecord parse(ConsumerRecord<byte[], byte[]> record)
      throws InterruptedException {
    Retries retries =
        new Retries(
            BACKOFF,
            RandomGenerator.getDefault(),
            (_, why, _, wait) ->
                LOGGER
                    .atWarn()
                    .addKeyValue("reason", why.reason())
                    .addKeyValue("wait", wait)
                    .log("control waits for the registry"));
    try {
      return new Retry("the registry", retries, stop).until(() -> read(record.value()));
    } catch (RuntimeException e) {
      LOGGER
          .atWarn()
          .addKeyValue("offset", record.offset())
          .addKeyValue("reason", e.getMessage())
          .log("control record can't be read and is left out");
      return null;
    }
  }

  private ControlRecord read(byte[] value) throws RetryLater {
    try {
      return values.deserialize(topic, value);
    } catch (RegistryUnavailable e) {
      throw RetryLater.soon(String.valueOf(e.getMessage()));
    }
  }

  /** Ends reading soon. */
  public void stop() {
    stop.stop();
    tail.stop();
  }
}
