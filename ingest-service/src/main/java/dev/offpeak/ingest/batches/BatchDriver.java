package dev.offpeak.ingest.batches;

import dev.offpeak.core.wait.Sleeper;
import dev.offpeak.core.wait.StopSignal;
import dev.offpeak.ingest.objects.Bell;
import dev.offpeak.schemas.reading.Owner;
import dev.offpeak.schemas.reading.Ownership;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Drives the batches of the installation: the owner of the first partition of llm.objects does, and
 * those of the others do nothing. It reads nothing of its partition.
 */
final class BatchDriver implements Owner {

  private static final Logger LOGGER = LoggerFactory.getLogger(BatchDriver.class);
  private static final Duration AFTER_TROUBLE = Duration.ofSeconds(2);

  private final int partition;
  private final Terms terms;
  private final Bell news;
  private final StopSignal stop;
  private final Ownership ownership;
  private final Thread thread =
      Thread.ofPlatform().name("gateway-batches").daemon().unstarted(this::run);

  /** Begins to drive, fencing whoever did before. */
  @FunctionalInterface
  interface Terms {
    Term begin(Bell news) throws InterruptedException;
  }

  /**
   * @param news rings when something may have to be done
   */
  BatchDriver(int partition, Terms terms, Bell news, Sleeper sleeper, Ownership ownership) {
    this.partition = partition;
    this.terms = terms;
    this.news = news;
    this.stop = new StopSignal(sleeper);
    this.ownership = ownership;
  }

  @Override
  public void start() {
    if (partition == 0) {
      thread.start();
    }
  }

  private void run() {
    try {
      while (!stop.isStopped()) {
        drive();
      }
    } catch (InterruptedException e) {
      LOGGER.atDebug().log("the driving of batches was ended");
    }
  }

  private void drive() throws InterruptedException {
    try (Term term = terms.begin(news)) {
      LOGGER.atInfo().log("drives the batches");
      while (!stop.isStopped()) {
        term.turn();
      }
    } catch (ProducerFencedException | InvalidProducerEpochException e) {
      LOGGER.atInfo().log("another replica drives the batches");
      ownership.lost();
      stop.stop();
    } catch (RuntimeException e) {
      // Kafka is away, for example: it is gone on with from what is committed.
      LOGGER.atWarn().setCause(e).log("the driving of batches broke off; goes on in a moment");
      stop.sleep(AFTER_TROUBLE);
    }
  }

  @Override
  public boolean saysWhereToBegin() {
    return true;
  }

  @Override
  public void take(List<ConsumerRecord<byte[], byte[]>> records) {
    throw new IllegalStateException("nothing is read here");
  }

  @Override
  public boolean wantsMore() {
    return false;
  }

  @Override
  public OptionalLong done() {
    return OptionalLong.empty();
  }

  @Override
  public void stop(Duration patience) {
    stop.stop();
    news.ring();
    try {
      if (thread.isAlive() && !thread.join(patience)) {
        thread.interrupt();
        thread.join();
      }
    } catch (InterruptedException e) {
      thread.interrupt();
      Thread.currentThread().interrupt();
    }
  }
}
