package dev.offpeak.ingest.kafka;

import dev.offpeak.core.wait.Sleeper;
import dev.offpeak.runtime.config.KafkaConfig;
import dev.offpeak.runtime.health.CheckResult;
import dev.offpeak.runtime.health.HealthCheck;
import dev.offpeak.runtime.kafka.ClientProperties;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;

/**
 * Looks from time to time whether llm.requests can be reached. It asks by itself because a service
 * that is not ready gets no requests that would show that Kafka is back.
 */
public final class TopicProbe implements HealthCheck, AutoCloseable {

  private static final Duration EVERY = Duration.ofSeconds(5);
  private static final long PATIENCE_SECONDS = 5;

  private final Admin admin;
  private final String topic;
  private final Sleeper sleeper;
  private final Thread thread;
  private volatile CheckResult last = CheckResult.notOk("Kafka was not reached yet");

  /** Looks at the topic of that name; begins with {@link #start()}. */
  public TopicProbe(KafkaConfig kafka, String topic, Sleeper sleeper) {
    this.admin = Admin.create(ClientProperties.admin(kafka, "offpeak-ingest-probe"));
    this.topic = topic;
    this.sleeper = sleeper;
    this.thread = Thread.ofVirtual().name("ingest-topic-probe").unstarted(this::run);
  }

  /** Begins to look. */
  public void start() {
    thread.start();
  }

  @Override
  public CheckResult check() {
    return last;
  }

  private void run() {
    try {
      while (!Thread.currentThread().isInterrupted()) {
        last = look();
        sleeper.sleep(EVERY);
      }
    } catch (InterruptedException e) {
      // Only close() interrupts, and then there is nothing left to look at.
      last = CheckResult.notOk("the service is stopping");
    }
  }

  private CheckResult look() throws InterruptedException {
    try {
      var _ =
          admin
              .describeTopics(List.of(topic))
              .allTopicNames()
              .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
      return CheckResult.ok();
    } catch (ExecutionException e) {
      return CheckResult.notOk("topic " + topic + ": " + e.getMessage());
    } catch (TimeoutException _) {
      return CheckResult.notOk("Kafka did not answer within " + PATIENCE_SECONDS + " s");
    } catch (KafkaException e) {
      return CheckResult.notOk("topic " + topic + ": " + e.getMessage());
    }
  }

  @Override
  public void close() {
    thread.interrupt();
    admin.close(Duration.ZERO);
  }
}
