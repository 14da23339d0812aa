package dev.offpeak.results.consume;

import dev.offpeak.results.publish.Session;
import dev.offpeak.results.wait.NotYet;
import dev.offpeak.results.wait.Patience;
import dev.offpeak.results.wait.StopSignal;
import java.time.Duration;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Works off one partition in sessions, one whenever there is news. Trouble with Kafka is waited
 * out: the session is given up, the progress read again, and the work goes on from there. While
 * nothing is in hand the partition has no producer.
 *
 * <p>The first session does not wait for news: opening it ends a transaction that a dead owner left
 * open. Until somebody does, Kafka tells nobody the offset that the transaction would commit, so
 * that no record would come for a minute.
 */
final class PartitionThread {

  private static final Logger LOGGER = LoggerFactory.getLogger(PartitionThread.class);

  /** For what is interrupted. */
  private static final Duration AT_LAST = Duration.ofSeconds(5);

  private final TopicPartition partition;
  private final SessionTools with;
  private final Supplier<ConsumerGroupMetadata> group;
  private final StopSignal stop;
  private final PartitionWork work;
  private @Nullable Thread thread;

  /**
   * A thread that has not started.
   *
   * @param group the latest membership of this consumer
   */
  PartitionThread(
      TopicPartition partition,
      SessionTools with,
      Supplier<ConsumerGroupMetadata> group,
      PartitionWork.Factory workOf) {
    this.partition = partition;
    this.with = with;
    this.group = group;
    this.stop = new StopSignal(with.sleeper());
    this.work = workOf.of(partition, stop);
  }

  PartitionWork work() {
    return work;
  }

  void start() {
    thread = Thread.ofVirtual().name(partition.toString()).start(this::run);
  }

  /** Asks it to stop soon. Safe from any thread. */
  void stop() {
    stop.stop();
  }

  /** Waits until it has stopped. */
  void await() {
    Thread running = thread;
    if (running == null) {
      return;
    }
    try {
      if (!running.join(with.grace())) {
        running.interrupt();
        if (!running.join(AT_LAST)) {
          with.onFailure()
              .accept(new IllegalStateException("worker of " + partition + " does not stop"));
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    try {
      while (true) {
        serve();
        work.receive();
      }
    } catch (InterruptedException | InterruptException e) {
      LOGGER.atInfo().addKeyValue("partition", partition).log("worker stopped");
    } catch (Throwable e) {
      with.onFailure().accept(e);
    } finally {
      work.drop();
    }
  }

  /** Returns when nothing is in hand. */
  private void serve() throws InterruptedException {
    Patience patience = new Patience("partition " + partition, with.retries(), stop::sleep);
    try {
      boolean done = false;
      for (int retry = 0; !done; retry++) {
        long commits = 0;
        try (Session session = with.open(partition, group)) {
          patience.over();
          try {
            work.serve(session);
            done = true;
          } finally {
            commits = session.commits();
          }
        } catch (InterruptException e) {
          throw e;
        } catch (RuntimeException e) {
          retry = commits > 0 ? 0 : retry;
          patience.after(retry, NotYet.soon(e));
        }
      }
    } finally {
      patience.over();
    }
  }
}
