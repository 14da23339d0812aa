package dev.offpeak.submitter.usage;

import dev.offpeak.schemas.avro.UsageMode;
import dev.offpeak.schemas.avro.UsageRecord;
import dev.offpeak.schemas.reading.TopicTail;
import dev.offpeak.schemas.registry.RegistryUnavailable;
import dev.offpeak.submitter.ledger.UnprocessableRecords;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads llm.usage from its end, in every instance: estimates need no history. */
public final class UsageReader {

  private static final Logger LOGGER = LoggerFactory.getLogger(UsageReader.class);

  /** A million requests of a million tokens: what is more spoils every estimate after it. */
  private static final long MOST_TOKENS = 1_000_000_000_000L;

  private final TopicTail tail;
  private final Deserializer<UsageRecord> values;
  private final String topic;
  private final UsageListener listener;
  private final UnprocessableRecords unprocessable;
  private final Consumer<Throwable> onFailure;

  /** Reads with that consumer of no group, once it is started. */
  public UsageReader(
      org.apache.kafka.clients.consumer.Consumer<byte[], byte[]> consumer,
      Deserializer<UsageRecord> values,
      String topic,
      UsageListener listener,
      UnprocessableRecords unprocessable,
      Consumer<Throwable> onFailure) {
    this.tail = new TopicTail(consumer);
    this.values = values;
    this.topic = topic;
    this.listener = listener;
    this.unprocessable = unprocessable;
    this.onFailure = onFailure;
  }

  /** Begins to read what comes from now on. */
  public void start() {
    tail.beginAtTheEnd(tail.partitionsOf(topic));
    tail.follow("submitter-usage", this::heed, () -> {}, onFailure);
  }

  private void heed(ConsumerRecord<byte[], byte[]> record) {
    try {
      var _ = unprocessable.read(record, this::take);
    } catch (RegistryUnavailable e) {
      // An estimate is not worth a wait: the next report teaches as much.
      LOGGER.atDebug().setCause(e).addKeyValue("offset", record.offset()).log("usage not read");
    }
  }

  private UsageRecord take(ConsumerRecord<byte[], byte[]> record) {
    UsageRecord usage = values.deserialize(topic, record.value());
    if (usage == null) {
      throw new IllegalArgumentException("it has no value");
    }
    String batchId = usage.getBatchId();
    long input = usage.getUsage().getInput();
    if (usage.getMode() == UsageMode.BATCH && batchId != null) {
      if (usage.getRequests() < 0 || input < 0 || input > MOST_TOKENS) {
        throw new IllegalArgumentException(
            "it reports " + input + " tokens of " + usage.getRequests() + " requests");
      }
      listener.reported(batchId, usage.getRequests(), input);
    }
    return usage;
  }

  /** Ends reading soon. */
  public void stop() {
    tail.stop();
  }
}
