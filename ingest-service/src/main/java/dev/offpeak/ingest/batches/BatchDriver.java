package dev.offpeak.ingest.batches;

import dev.offpeak.core.wait.Sleeper;
import dev.offpeak.ingest.files.ExpiredFiles;
import dev.offpeak.ingest.files.FileStore;
import dev.offpeak.ingest.kafka.GatewayClients;
import dev.offpeak.ingest.objects.ObjectIds;
import dev.offpeak.ingest.objects.ObjectStore;
import dev.offpeak.runtime.lifecycle.ServiceContext;
import dev.offpeak.schemas.reading.TopicTail;
import dev.offpeak.schemas.serde.SerdeFactory;
import dev.offpeak.schemas.topic.Topics;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Drives the batches of the installation while this replica is the one that does. */
public final class BatchDriver implements AutoCloseable {

  private static final Logger LOGGER = LoggerFactory.getLogger(BatchDriver.class);
  private static final Duration LOOK = Duration.ofMillis(100);
  private static final Duration AFTER_TROUBLE = Duration.ofSeconds(2);

  private final Leadership leadership;
  private final Terms terms;
  private final Sleeper sleeper;
  private final Thread thread =
      Thread.ofPlatform().name("gateway-batches").daemon().unstarted(this::run);
  private volatile boolean stop;

  private BatchDriver(Leadership leadership, Terms terms, Sleeper sleeper) {
    this.leadership = leadership;
    this.terms = terms;
    this.sleeper = sleeper;
  }

  /**
   * Drives the batches among those objects.
   *
   * @param lineLimit bytes of the longest line
   */
  public static BatchDriver create(
      Topics topics,
      SerdeFactory serdes,
      ObjectStore objects,
      FileStore files,
      ExpiredFiles expired,
      ObjectIds ids,
      GatewayClients clients,
      int lineLimit,
      ServiceContext context) {
    OutcomeTopics outcomes = new OutcomeTopics(topics, serdes);
    return new BatchDriver(
        new Leadership(topics.objects().name(), clients::member, context.sleeper()),
        () ->
            new Term(
                new Term.Tools(
                    objects,
                    files,
                    expired,
                    ids,
                    clients.driver(),
                    () -> new TopicTail(clients.reader()),
                    clients::ends,
                    outcomes,
                    topics.requests().name(),
                    lineLimit,
                    context.clock())),
        context.sleeper());
  }

  /** Begins, as soon as this replica is to. */
  public void start() {
    leadership.start();
    thread.start();
  }

  private void run() {
    try {
      while (!stop) {
        if (leadership.leads()) {
          drive();
        } else {
          sleeper.sleep(LOOK);
        }
      }
    } catch (InterruptedException e) {
      LOGGER.atDebug().log("the driving of batches was ended");
    }
  }

  private void drive() throws InterruptedException {
    try (Term term = terms.begin()) {
      LOGGER.atInfo().log("drives the batches");
      while (!stop && leadership.leads()) {
        term.turn();
      }
    } catch (RuntimeException e) {
      // Fenced by another replica, or Kafka is away: it is gone on with from what is committed.
      LOGGER.atWarn().setCause(e).log("the driving of batches broke off; goes on in a moment");
      sleeper.sleep(AFTER_TROUBLE);
    }
  }

  @FunctionalInterface
  private interface Terms {

    /** Begins to drive, fencing whoever did before. */
    Term begin() throws InterruptedException;
  }

  @Override
  public void close() {
    stop = true;
    try {
      thread.join(TimeUnit.SECONDS.toMillis(10));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    thread.interrupt();
    leadership.close();
  }
}
