package dev.offpeak.ingest.metering;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.offpeak.ingest.metrics.IngestMeters;
import dev.offpeak.schemas.avro.UsageRecord;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes usage to Kafka behind the back of the calls: none waits for it or fails by it. What could
 * not be written is counted and said.
 */
public final class UsageQueue implements AutoCloseable {

  private static final Logger LOGGER = LoggerFactory.getLogger(UsageQueue.class);
  private static final int MOST = 10_000;
  private static final Duration LOOK = Duration.ofMillis(200);
  private static final Duration LAST = Duration.ofSeconds(5);

  private final String topic;
  private final Producer<byte[], byte[]> producer;
  private final Serializer<UsageRecord> values;
  private final IngestMeters meters;
  private final BlockingQueue<UsageRecord> waiting = new ArrayBlockingQueue<>(MOST);
  private final AtomicLong lost = new AtomicLong();
  private final Thread writer =
      Thread.ofPlatform().name("gateway-usage").daemon().unstarted(this::run);
  private volatile boolean stop;

  /**
   * For that topic.
   *
   * @param producer the caller's to close, after this
   */
  public UsageQueue(
      String topic,
      Producer<byte[], byte[]> producer,
      Serializer<UsageRecord> values,
      IngestMeters meters) {
    this.topic = topic;
    this.producer = producer;
    this.values = values;
    this.meters = meters;
  }

  /** Begins to write. */
  public void start() {
    writer.start();
  }

  /** Takes a record; never waits. */
  public void add(UsageRecord usage) {
    if (!waiting.offer(usage)) {
      lost("too many wait to be written, since Kafka does not take them", null);
    }
  }

  private void run() {
    try {
      while (!stop || !waiting.isEmpty()) {
        UsageRecord next = waiting.poll(LOOK.toMillis(), TimeUnit.MILLISECONDS);
        if (next != null) {
          write(next);
        }
      }
    } catch (InterruptedException e) {
      LOGGER.atDebug().log("the writing of usage was ended");
    }
  }

  private void write(UsageRecord usage) {
    try {
      byte[] key = usage.getTenant().getBytes(UTF_8);
      var _ =
          producer.send(
              new ProducerRecord<>(topic, key, values.serialize(topic, usage)),
              (_, failure) -> {
                if (failure == null) {
                  meters.usageWritten();
                } else {
                  lost("Kafka did not take it", failure);
                }
              });
    } catch (RuntimeException e) {
      lost("it could not be sent", e);
    }
  }

  /** The first, and then each time that there are ten times as many. */
  private void lost(String reason, @Nullable Exception cause) {
    meters.usageLost();
    long now = lost.incrementAndGet();
    if (Long.toString(now).matches("10*")) {
      LOGGER
          .atError()
          .setCause(cause)
          .addKeyValue("lost", now)
          .addKeyValue("reason", reason)
          .log("the usage of a call is not in llm.usage");
    }
  }

  /** Writes what waits, for a while. */
  @Override
  public void close() {
    stop = true;
    try {
      writer.join(LAST.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    writer.interrupt();
    waiting.forEach(_ -> lost("the gateway was stopped before Kafka took it", null));
  }
}
