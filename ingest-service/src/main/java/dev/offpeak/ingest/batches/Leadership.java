package dev.offpeak.ingest.batches;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which replica drives the batches: the one that has the first partition of llm.objects in their
 * consumer group. It reads nothing of it; a replica that has lost it and does not know is fenced.
 */
final class Leadership implements AutoCloseable {

  private static final Logger LOGGER = LoggerFactory.getLogger(Leadership.class);
  private static final Duration POLL = Duration.ofMillis(200);

  private final String topic;
  private final Supplier<Consumer<byte[], byte[]>> members;
  private final Thread thread =
      Thread.ofPlatform().name("gateway-leader").daemon().unstarted(this::run);
  private volatile boolean leads;
  private volatile boolean stop;

  /**
   * @param members makes a member of the group, which this closes
   */
  Leadership(String topic, Supplier<Consumer<byte[], byte[]>> members) {
    this.topic = topic;
    this.members = members;
  }

  void start() {
    thread.start();
  }

  boolean leads() {
    return leads;
  }

  private void run() {
    while (!stop) {
      try (Consumer<byte[], byte[]> member = members.get()) {
        member.subscribe(List.of(topic));
        while (!stop) {
          member.pause(member.assignment());
          member.poll(POLL);
          leads = member.assignment().contains(new TopicPartition(topic, 0));
        }
      } catch (KafkaException e) {
        LOGGER.atWarn().setCause(e).log("the group of gateways could not be joined; tries again");
      } finally {
        leads = false;
      }
    }
  }

  @Override
  public void close() {
    stop = true;
    try {
      thread.join(TimeUnit.SECONDS.toMillis(5));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
