package dev.offpeak.ingest.kafka;

import dev.offpeak.schemas.reading.TopicTail;
import dev.offpeak.schemas.registry.RegistryUnavailable;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Follows topics, each from some time on, on a thread of its own. */
public final class TopicFollower implements AutoCloseable {

  private static final Logger LOGGER = LoggerFactory.getLogger(TopicFollower.class);
  private static final Duration LOOK = Duration.ofSeconds(1);
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final GatewayClients clients;
  private final Map<String, Instant> topics;
  private final Consumer<ConsumerRecord<byte[], byte[]>> visitor;
  private final Runnable onRead;
  private final Consumer<Throwable> onFailure;
  private final Thread thread =
      Thread.ofPlatform().name("gateway-keys").daemon().unstarted(this::run);
  private volatile boolean stop;

  /**
   * @param topics since when each is read
   * @param onRead told once all has been visited that was there at the beginning
   * @param onFailure told when it can't go on
   */
  public TopicFollower(
      GatewayClients clients,
      Map<String, Instant> topics,
      Consumer<ConsumerRecord<byte[], byte[]>> visitor,
      Runnable onRead,
      Consumer<Throwable> onFailure) {
    this.clients = clients;
    this.topics = Map.copyOf(topics);
    this.visitor = visitor;
    this.onRead = onRead;
    this.onFailure = onFailure;
  }

  /** Begins. */
  public void start() {
    thread.start();
  }

  private void run() {
    try (TopicTail tail = new TopicTail(clients.reader())) {
      List<TopicPartition> partitions = tail.partitionsOf(topics.keySet().toArray(String[]::new));
      Map<TopicPartition, Long> begin = new HashMap<>();
      for (TopicPartition each : partitions) {
        begin.put(each, clients.since(each, topics.getOrDefault(each.topic(), Instant.EPOCH)));
      }
      tail.beginAt(begin);
      tail.readTo(clients.ends(partitions), PATIENCE, this::visit);
      onRead.run();
      while (!stop) {
        tail.poll(LOOK, this::visit);
      }
    } catch (InterruptedException e) {
      LOGGER.atDebug().log("the reading of keys was ended");
    } catch (RuntimeException e) {
      if (!stop) {
        onFailure.accept(e);
      }
    }
  }

  /** A record that is none of the topic's is passed over, as if it were not there. */
  private void visit(ConsumerRecord<byte[], byte[]> record) {
    try {
      visitor.accept(record);
    } catch (RegistryUnavailable e) {
      throw e;
    } catch (RuntimeException e) {
      LOGGER
          .atWarn()
          .setCause(e)
          .addKeyValue("topic", record.topic())
          .addKeyValue("partition", record.partition())
          .addKeyValue("offset", record.offset())
          .log("a record can't be read and is passed over");
    }
  }

  @Override
  public void close() {
    stop = true;
    thread.interrupt();
    try {
      thread.join(TimeUnit.SECONDS.toMillis(5));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
