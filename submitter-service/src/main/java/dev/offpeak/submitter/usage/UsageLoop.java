package dev.offpeak.submitter.usage;

import dev.offpeak.schemas.avro.UsageMode;
import dev.offpeak.schemas.avro.UsageRecord;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.Deserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads llm.usage from its end, in every instance: estimates need no history. */
public final class UsageLoop implements Runnable {

  private static final Logger LOGGER = LoggerFactory.getLogger(UsageLoop.class);
  private static final Duration POLL = Duration.ofSeconds(1);

  private final org.apache.kafka.clients.consumer.Consumer<byte[], byte[]> consumer;
  private final Deserializer<UsageRecord> values;
  private final String topic;
  private final UsageListener listener;
  private final Consumer<Throwable> onFailure;
  private final Thread thread;
  private volatile boolean stopped;

  /** Reads with that consumer of no group, once it is started. */
  public UsageLoop(
      org.apache.kafka.clients.consumer.Consumer<byte[], byte[]> consumer,
      Deserializer<UsageRecord> values,
      String topic,
      UsageListener listener,
      Consumer<Throwable> onFailure) {
    this.consumer = consumer;
    this.values = values;
    this.topic = topic;
    this.listener = listener;
    this.onFailure = onFailure;
    this.thread = Thread.ofVirtual().name("submitter-usage").unstarted(this);
  }

  /** Begins to read what comes from now on. */
  public void start() {
    List<TopicPartition> partitions =
        consumer.partitionsFor(topic).stream()
            .map(info -> new TopicPartition(topic, info.partition()))
            .toList();
    consumer.assign(partitions);
    consumer.seekToEnd(partitions);
    partitions.forEach(consumer::position);
    thread.start();
  }

  @Override
  public void run() {
    try (consumer) {
      while (!stopped) {
        consumer.poll(POLL).forEach(this::heed);
      }
    } catch (WakeupException e) {
      LOGGER.atDebug().log("woken up to stop");
    } catch (KafkaException e) {
      onFailure.accept(e);
    }
  }

  private void heed(ConsumerRecord<byte[], byte[]> record) {
    try {
      UsageRecord usage = values.deserialize(topic, record.value());
      String batchId = usage.getBatchId();
      if (usage.getMode() == UsageMode.BATCH && batchId != null) {
        listener.reported(batchId, usage.getRequests(), usage.getUsage().getInput());
      }
    } catch (RuntimeException e) {
      LOGGER
          .atDebug()
          .setCause(e)
          .addKeyValue("offset", record.offset())
          .log("usage record can't be read and is left out");
    }
  }

  /** Ends reading soon. */
  public void stop() {
    stopped = true;
    consumer.wakeup();
  }
}
