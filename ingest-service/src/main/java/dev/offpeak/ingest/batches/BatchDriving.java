package dev.offpeak.ingest.batches;

import dev.offpeak.ingest.files.FileStore;
import dev.offpeak.ingest.files.Sweep;
import dev.offpeak.ingest.kafka.GatewayClients;
import dev.offpeak.ingest.objects.Bell;
import dev.offpeak.ingest.objects.ObjectIds;
import dev.offpeak.ingest.objects.ObjectStore;
import dev.offpeak.runtime.lifecycle.ServiceContext;
import dev.offpeak.schemas.avro.ControlRecord;
import dev.offpeak.schemas.control.ControlWriter;
import dev.offpeak.schemas.reading.OwnerLoop;
import dev.offpeak.schemas.reading.TopicTail;
import dev.offpeak.schemas.serde.SerdeFactory;
import dev.offpeak.schemas.topic.Topics;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** This replica's share in the driving of batches: one of all replicas drives them. */
public final class BatchDriving implements AutoCloseable {

  /** A successor fences whoever does not end in time. */
  private static final OwnerLoop.Handover HANDOVER =
      new OwnerLoop.Handover(Duration.ofSeconds(10), Duration.ZERO);

  private static final long PATIENCE_SECONDS = 20;

  private final GatewayClients clients;
  private final String topic;
  private final BatchDriver.Terms terms;
  private final Bell news;
  private final ServiceContext context;
  private @Nullable OwnerLoop<BatchDriver> loop;
  private @Nullable Thread thread;

  private BatchDriving(
      GatewayClients clients,
      String topic,
      BatchDriver.Terms terms,
      Bell news,
      ServiceContext context) {
    this.clients = clients;
    this.topic = topic;
    this.terms = terms;
    this.news = news;
    this.context = context;
  }

  /**
   * Drives the batches among those objects.
   *
   * @param lineLimit bytes of the longest line
   */
  public static BatchDriving create(
      Topics topics,
      SerdeFactory serdes,
      ObjectStore objects,
      FileStore files,
      Sweep sweep,
      ObjectIds ids,
      GatewayClients clients,
      int lineLimit,
      ServiceContext context) {
    Clock clock = context.clock();
    var outcomes = new OutcomeTopics(topics, serdes);
    var control =
        new ControlWriter(
            clients.producer(), serdes.serializer(ControlRecord.class), topics.control().name());
    var recall =
        Recall.Means.of(
            topics, serdes, control, () -> new TopicTail(clients.reader()), clients::ends, clock);
    var input = new BatchInput(objects, files, topics.requests().name(), lineLimit);
    var finishing =
        new Finishing(
            files,
            ids,
            input,
            () -> new TopicTail(clients.reader()),
            clients::ends,
            outcomes,
            clock);
    BatchDriver.Terms terms =
        news ->
            new Term(
                new Term.Tools(
                    objects,
                    input,
                    finishing,
                    recall,
                    () -> {
                      sweep.run(clock.instant());
                      return () -> {};
                    },
                    clients.driver(),
                    () -> new TopicTail(clients.reader()),
                    clients::ends,
                    outcomes,
                    clock),
                news);
    return new BatchDriving(clients, topics.objects().name(), terms, objects.bell(), context);
  }

  /** Begins, as soon as this replica is to. */
  public void start() {
    OwnerLoop<BatchDriver> begun =
        new OwnerLoop<>(
            clients.member(),
            topic,
            (partition, ownership) ->
                new BatchDriver(partition.partition(), terms, news, context.sleeper(), ownership),
            HANDOVER,
            context.clock(),
            new OwnerLoop.Watcher() {},
            context::failed);
    loop = begun;
    thread = Thread.ofPlatform().name("gateway-member").daemon().start(begun);
  }

  @Override
  public void close() {
    if (loop != null) {
      loop.stop();
    }
    if (thread != null) {
      try {
        thread.join(TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
