package dev.offpeak.results.shared.partition;

import dev.offpeak.core.wait.Retry;
import dev.offpeak.core.wait.RetryLater;
import dev.offpeak.core.wait.StopSignal;
import dev.offpeak.results.shared.publish.PublishSession;
import dev.offpeak.schemas.reading.Owner;
import dev.offpeak.schemas.reading.Ownership;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;
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
public final class PartitionThread implements Owner {

  private static final Logger LOGGER = LoggerFactory.getLogger(PartitionThread.class);

  /** For what is interrupted. */
  private static final Duration AT_LAST = Duration.ofSeconds(5);

  private final TopicPartition partition;
  private final PartitionDependencies with;
  private final Ownership ownership;
  private final StopSignal stop;
  private final PartitionWork work;
  private @Nullable Thread thread;

  /**
   * A thread that has not started.
   *
   * @param ownership knows the latest membership of this consumer
   */
  public PartitionThread(
      TopicPartition partition,
      PartitionDependencies with,
      Ownership ownership,
      PartitionWork.Factory workOf) {
    this.partition = partition;
    this.with = with;
    this.ownership = ownership;
    this.stop = new StopSignal(with.sleeper());
    this.work = workOf.of(partition, stop);
  }

  /** Its transactions commit where the group goes on. */
  @Override
  public boolean saysWhereToBegin() {
    return false;
  }

  @Override
  public OptionalLong done() {
    return OptionalLong.empty();
  }

  @Override
  public void take(List<ConsumerRecord<byte[], byte[]>> records) {
    work.take(records);
  }

  @Override
  public boolean wantsMore() {
    return work.wantsMore();
  }

  @Override
  public void start() {
    thread = Thread.ofVirtual().name(partition.toString()).start(this::run);
  }

  /**
   * Asks it to stop soon, and waits until it has.
   *
   * @param patience before it is interrupted
   */
  @Override
  public void stop(Duration patience) {
    stop.stop();
    Thread running = thread;
    if (running == null) {
      return;
    }
    try {
      if (!running.join(patience)) {
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
    Retry retry = new Retry("partition " + partition, with.retries(), stop);
    var _ = retry.until(() -> serve(retry));
  }

  private PublishSession serve(Retry retry) throws InterruptedException, RetryLater {
    try (PublishSession session = with.open(partition, ownership)) {
      retry.goesOn();
      try {
        work.serve(session);
        return session;
      } finally {
        if (session.commits() > 0) {
          retry.progressed();
        }
      }
    } catch (InterruptException e) {
      throw e;
    } catch (RuntimeException e) {
      throw RetryLater.soon(e);
    }
  }
}
