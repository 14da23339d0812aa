package dev.offpeak.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.offpeak.core.lane.Provider;
import dev.offpeak.core.price.PriceTable;
import dev.offpeak.ingest.auth.KeyBook;
import dev.offpeak.ingest.batches.BatchDriving;
import dev.offpeak.ingest.batches.BatchesRoutes;
import dev.offpeak.ingest.batches.FilePurse;
import dev.offpeak.ingest.batches.LineStates;
import dev.offpeak.ingest.batches.OutcomeTopics;
import dev.offpeak.ingest.batches.Places;
import dev.offpeak.ingest.batches.RequestSearch;
import dev.offpeak.ingest.batches.VirtualBatches;
import dev.offpeak.ingest.budget.BudgetBook;
import dev.offpeak.ingest.budget.Purse;
import dev.offpeak.ingest.deferred.DeferredCalls;
import dev.offpeak.ingest.deferred.DeferredRoutes;
import dev.offpeak.ingest.files.FileObjects;
import dev.offpeak.ingest.files.FilesRoutes;
import dev.offpeak.ingest.files.KafkaFiles;
import dev.offpeak.ingest.files.Sweep;
import dev.offpeak.ingest.files.Uploads;
import dev.offpeak.ingest.files.UploadsRoutes;
import dev.offpeak.ingest.http.Bodies;
import dev.offpeak.ingest.http.BodyBounds;
import dev.offpeak.ingest.http.Entrance;
import dev.offpeak.ingest.http.Incoming;
import dev.offpeak.ingest.http.PublicAddress;
import dev.offpeak.ingest.http.Turns;
import dev.offpeak.ingest.kafka.GatewayClients;
import dev.offpeak.ingest.kafka.TopicFollower;
import dev.offpeak.ingest.messages.MessageBatchesRoutes;
import dev.offpeak.ingest.metering.UsageQueue;
import dev.offpeak.ingest.metrics.IngestMeters;
import dev.offpeak.ingest.objects.Creates;
import dev.offpeak.ingest.objects.ObjectIds;
import dev.offpeak.ingest.objects.ObjectStore;
import dev.offpeak.ingest.objects.Writings;
import dev.offpeak.ingest.proxy.ProxyRoutes;
import dev.offpeak.ingest.requests.LinesIn;
import dev.offpeak.ingest.requests.RequestRoutes;
import dev.offpeak.ingest.resources.FilesResource;
import dev.offpeak.ingest.resources.OperationsRoutes;
import dev.offpeak.ingest.resources.UploadRoutes;
import dev.offpeak.ingest.resources.UploadSessions;
import dev.offpeak.runtime.config.RegistryConfig;
import dev.offpeak.runtime.lifecycle.ServiceContext;
import dev.offpeak.schemas.avro.ControlRecord;
import dev.offpeak.schemas.avro.GatewayForm;
import dev.offpeak.schemas.avro.GatewayKey;
import dev.offpeak.schemas.avro.UsageRecord;
import dev.offpeak.schemas.control.ControlWriter;
import dev.offpeak.schemas.reading.TopicTail;
import dev.offpeak.schemas.serde.SerdeFactory;
import dev.offpeak.schemas.topic.Topics;
import io.helidon.webserver.http.HttpRouting;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Wires what the gateway keeps: files, batches and calls that wait. */
final class GatewayModule implements AutoCloseable {

  private static final long LARGEST_CREATE = 1 << 20;

  /** Azure's clients name no version in the paths of what is kept. */
  private static final List<String> BASES =
      Stream.concat(ProxyRoutes.OPENAI_BASES.stream(), Stream.of("/openai")).toList();

  private final GatewayClients clients;
  private final SerdeFactory serdes;
  private final TopicFollower follower;
  private final BudgetBook money;
  private final Purse purse;
  private final UsageQueue usage;
  private final ObjectStore objects;
  private final BatchDriving driver;
  private final DeferredCalls deferred;
  private final LinesIn lines;
  private final List<Consumer<HttpRouting.Builder>> routes;

  private GatewayModule(
      GatewayClients clients,
      SerdeFactory serdes,
      TopicFollower follower,
      BudgetBook money,
      Purse purse,
      UsageQueue usage,
      ObjectStore objects,
      BatchDriving driver,
      DeferredCalls deferred,
      LinesIn lines,
      List<Consumer<HttpRouting.Builder>> routes) {
    this.clients = clients;
    this.serdes = serdes;
    this.follower = follower;
    this.money = money;
    this.purse = purse;
    this.usage = usage;
    this.objects = objects;
    this.driver = driver;
    this.deferred = deferred;
    this.lines = lines;
    this.routes = routes;
  }

  /**
   * Not started.
   *
   * @param book gets the keys of llm.keys
   * @param registry knows the schemas of what is kept, and of outcomes
   * @param stopping whether bodies are to be read no longer
   */
  static GatewayModule create(
      IngestConfig config,
      RegistryConfig registry,
      ServiceContext context,
      Entrance entrance,
      KeyBook book,
      BodyBounds bounds,
      IngestMeters meters,
      PriceTable prices,
      BooleanSupplier stopping) {
    var topics = Topics.withPrefix(config.topics().prefix());
    var clients = new GatewayClients(config.kafka(), config.topics(), topics, config.limits());
    var serdes = SerdeFactory.of(registry.serdeProperties());
    var ids = new ObjectIds(context.clock());
    var objects =
        ObjectStore.of(
            topics.objects().name(),
            clients.producer(),
            clients::reader,
            serdes,
            clients::ends,
            context::failed);
    var money =
        BudgetBook.create(
            config.budgets().entrySet().stream()
                .flatMap(each -> each.getValue().budgets(each.getKey()).stream())
                .toList(),
            topics,
            serdes,
            clients.producer(),
            objects,
            context.clock());
    var purse = new Purse(money.budgets(), prices, providers(config), context.clock());
    var creates = new Creates(objects, context.clock(), context.sleeper());
    var files =
        new KafkaFiles(
            topics.files().name(),
            clients.producer(),
            () -> new TopicTail(clients.lookup()),
            clients::since,
            writing -> objects.note(Writings.of(writing, context.clock().instant())));
    var filePurse = new FilePurse(purse, files);
    int keys = Math.max(1, config.auth().keys().size());
    var turns =
        new Turns(config.limits().concurrentStreams(), config.limits().streamsPerKey(), keys);
    var incoming = new Incoming(turns, bounds, config.limits().bodyBytes().bytes(), stopping);
    var uploads = new Uploads(files, creates, ids, context.clock(), incoming);
    var driver =
        BatchDriving.create(
            topics,
            serdes,
            objects,
            files,
            new Sweep(objects, files),
            ids,
            clients,
            config.limits().requestBytes().toIntSaturated(),
            context);
    var address = new PublicAddress(config.api().publicUrl());
    var fileObjects = new FileObjects(objects, files, context.clock());
    int requestLimit = config.limits().requestBytes().toIntSaturated();
    var operations =
        new VirtualBatches(
            GatewayForm.GEMINI, objects, creates, files, filePurse, ids, context.clock());
    Supplier<TopicTail> tails = () -> new TopicTail(clients.reader());
    var outcomes = new OutcomeTopics(topics, serdes);
    var deferred =
        new DeferredRoutes(BASES, entrance, objects, files, context.clock(), context.sleeper());
    var requests =
        new RequestRoutes(
            BASES,
            entrance,
            objects,
            deferred,
            new RequestSearch(topics, serdes, tails, clients::ends, outcomes, context.clock()),
            new LineStates(topics, tails, clients::ends, outcomes),
            new ControlWriter(
                clients.producer(),
                serdes.serializer(ControlRecord.class),
                topics.control().name()),
            context.clock());
    var keyValues = serdes.deserializer(GatewayKey.class);
    Map<String, Instant> followed = new HashMap<>(money.topics());
    followed.put(topics.keys().name(), Instant.EPOCH);
    var follower =
        new TopicFollower(
            clients,
            followed,
            record -> {
              if (record.topic().equals(topics.keys().name())) {
                book.put(
                    new String(record.key(), UTF_8),
                    record.value() == null
                        ? null
                        : keyValues.deserialize(record.topic(), record.value()));
              } else {
                money.read(record);
              }
            },
            () -> {
              book.opened();
              money.opened();
            },
            context::failed);
    return new GatewayModule(
        clients,
        serdes,
        follower,
        money,
        purse,
        new UsageQueue(
            topics.usage().name(),
            clients.producer(),
            serdes.serializer(UsageRecord.class),
            meters),
        objects,
        driver,
        new DeferredCalls(files, objects, creates, purse, ids, context.clock()),
        new LinesIn(objects, ids, new Places(tails, clients::ends, outcomes), context.clock()),
        List.of(
            new MessageBatchesRoutes(
                entrance,
                incoming,
                new VirtualBatches(
                    GatewayForm.ANTHROPIC,
                    objects,
                    creates,
                    files,
                    filePurse,
                    ids,
                    context.clock()),
                files,
                address,
                requestLimit,
                context.clock()),
            new OperationsRoutes(entrance, incoming, operations, fileObjects, files, requestLimit),
            new FilesResource(entrance, fileObjects, operations, address),
            new UploadRoutes(
                entrance,
                new Bodies(bounds, LARGEST_CREATE, stopping),
                incoming,
                new UploadSessions(objects, files, ids, context.clock()),
                files,
                address),
            deferred,
            requests,
            new FilesRoutes(BASES, entrance, fileObjects, files, uploads),
            new UploadsRoutes(
                BASES,
                entrance,
                new Bodies(bounds, LARGEST_CREATE, stopping),
                uploads,
                files,
                objects,
                creates,
                ids,
                context.clock()),
            new BatchesRoutes(
                BASES,
                entrance,
                new Bodies(bounds, LARGEST_CREATE, stopping),
                objects,
                creates,
                filePurse,
                ids,
                context.clock())));
  }

  /** What takes single calls that can wait. */
  DeferredCalls deferred() {
    return deferred;
  }

  /** What makes lines without a file batches. */
  LinesIn lines() {
    return lines;
  }

  private static Set<Provider> providers(IngestConfig config) {
    return config.accounts().values().stream()
        .map(account -> Provider.of(account.provider()))
        .collect(Collectors.toSet());
  }

  /** Pays for what is admitted. */
  Purse purse() {
    return purse;
  }

  /** Takes the usage of calls at once. */
  UsageQueue usage() {
    return usage;
  }

  List<Consumer<HttpRouting.Builder>> routes() {
    return routes;
  }

  /** Begins as soon as Kafka is there; until then calls wait, and are refused after a while. */
  void start() {
    clients.prepareThen(
        () -> {
          follower.start();
          usage.start();
          objects.start();
          driver.start();
        });
  }

  @Override
  public void close() {
    clients.stopPreparing();
    driver.close();
    money.close();
    usage.close();
    follower.close();
    objects.close();
    clients.close();
    serdes.close();
  }
}
