package dev.offpeak.ingest.batches;

import dev.offpeak.core.wait.Backoff;
import dev.offpeak.core.wait.Retries;
import dev.offpeak.core.wait.Retry;
import dev.offpeak.core.wait.RetryLater;
import dev.offpeak.core.wait.Sleeper;
import dev.offpeak.core.wait.StopSignal;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
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
  private static final Backoff BACKOFF = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(30));

  private final String topic;
  private final Supplier<Consumer<byte[], byte[]>> members;
  private final Thread thread =
      Thread.ofPlatform().name("gateway-leader").daemon().unstarted(this::run);
  private final StopSignal stop;
  private volatile boolean leads;

  /**
   * @param members makes a member of the group, which this closes
   */
  Leadership(String topic, Supplier<Consumer<byte[], byte[]>> members, Sleeper sleeper) {
    this.topic = topic;
    this.members = members;
    this.stop = new StopSignal(sleeper);
  }

  void start() {
    thread.start();
  }

  boolean leads() {
    return leads;
  }

  private void run() {
    Retry retry =
        new Retry(
            "the group of gateways",
            new Retries(BACKOFF, RandomGenerator.getDefault(), Leadership::log),
            stop);
    try {
      retry.until(
          () -> {
            try {
              lead(retry);
              return stop;
            } catch (KafkaException e) {
              throw RetryLater.soon(e);
            } finally {
              leads = false;
            }
          });
    } catch (InterruptedException e) {
      LOGGER.atDebug().log("told to stop while it waited for the group of gateways");
    }
  }

  private void lead(Retry retry) {
    try (Consumer<byte[], byte[]> member = members.get()) {
      member.subscribe(List.of(topic));
      while (!stop.isStopped()) {
        member.pause(member.assignment());
        member.poll(POLL);
        retry.progressed();
        leads = member.assignment().contains(new TopicPartition(topic, 0));
      }
    }
  }

  private static void log(String work, RetryLater why, int tries, Duration wait) {
    LOGGER
        .atWarn()
        .setCause(why.getCause())
        .addKeyValue("tries", tries)
        .addKeyValue("wait", wait)
        .log(work + " could not be joined; tries again");
  }

  @Override
  public void close() {
    stop.stop();
    try {
      thread.join(TimeUnit.SECONDS.toMillis(5));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
