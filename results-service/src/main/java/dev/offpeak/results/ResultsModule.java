package dev.offpeak.results;

import dev.offpeak.core.control.ControlState;
import dev.offpeak.core.lane.Provider;
import dev.offpeak.core.wait.Backoff;
import dev.offpeak.core.wait.Retries;
import dev.offpeak.provider.BatchProvider;
import dev.offpeak.provider.SyncProvider;
import dev.offpeak.provider.account.Account;
import dev.offpeak.provider.account.Accounts;
import dev.offpeak.provider.account.ProviderProfiles;
import dev.offpeak.provider.adapter.BatchProviders;
import dev.offpeak.provider.adapter.BuiltInProviders;
import dev.offpeak.results.completions.CompletionDependencies;
import dev.offpeak.results.completions.PartitionWorker;
import dev.offpeak.results.completions.job.JobCleaner;
import dev.offpeak.results.completions.job.JobFetcher;
import dev.offpeak.results.completions.job.JobPublisher;
import dev.offpeak.results.completions.job.Manifests;
import dev.offpeak.results.completions.job.RetryingFetcher;
import dev.offpeak.results.config.OutputsConfig;
import dev.offpeak.results.shared.account.AccountAccess;
import dev.offpeak.results.shared.account.AccountAdapters;
import dev.offpeak.results.shared.account.ProviderAccess;
import dev.offpeak.results.shared.lane.LaneRequests;
import dev.offpeak.results.shared.lane.PlaceReaders;
import dev.offpeak.results.shared.lane.ShortPartitions;
import dev.offpeak.results.shared.lane.SingleRecordReader;
import dev.offpeak.results.shared.metric.ResultsMeters;
import dev.offpeak.results.shared.outcome.OutcomeFormat;
import dev.offpeak.results.shared.outcome.OutcomeRecords;
import dev.offpeak.results.shared.outcome.Pricing;
import dev.offpeak.results.shared.partition.PartitionDependencies;
import dev.offpeak.results.shared.partition.PartitionThread;
import dev.offpeak.results.shared.partition.PartitionWork;
import dev.offpeak.results.shared.publish.Failpoint;
import dev.offpeak.results.shared.publish.GroupProgress;
import dev.offpeak.results.shared.publish.Publications;
import dev.offpeak.results.shared.publish.UsageWriter;
import dev.offpeak.results.urgent.UrgentCaller;
import dev.offpeak.results.urgent.UrgentDependencies;
import dev.offpeak.results.urgent.UrgentWorker;
import dev.offpeak.runtime.failpoint.FailpointListener;
import dev.offpeak.runtime.failpoint.HaltAtFailpoint;
import dev.offpeak.runtime.health.CheckResult;
import dev.offpeak.runtime.health.WaitingWork;
import dev.offpeak.runtime.kafka.ClientProperties;
import dev.offpeak.runtime.lifecycle.ServiceContext;
import dev.offpeak.schemas.avro.AdmittedRequest;
import dev.offpeak.schemas.avro.ControlRecord;
import dev.offpeak.schemas.avro.JobEnded;
import dev.offpeak.schemas.avro.SealedBatch;
import dev.offpeak.schemas.avro.UsageRecord;
import dev.offpeak.schemas.control.ControlCommands;
import dev.offpeak.schemas.control.ControlReader;
import dev.offpeak.schemas.reading.OwnerLoop;
import dev.offpeak.schemas.serde.SerdeFactory;
import dev.offpeak.schemas.topic.TopicDefinition;
import dev.offpeak.schemas.topic.TopicRequirements;
import dev.offpeak.schemas.topic.TopicSetup;
import dev.offpeak.schemas.topic.Topics;
import java.io.IOException;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Semaphore;
import java.util.function.IntFunction;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.Producer;

/** Wires the results-service: the one place where its parts are put together. */
public final class ResultsModule {

  /** What waits for less is an everyday matter, and does not show in the health. */
  private static final Duration WORTH_SAYING = Duration.ofMinutes(1);

  /** Longer than any election of leaders. */
  private static final Duration ENDS_ARE_AWAITED = Duration.ofMinutes(10);

  private final ResultsConfig config;
  private final ServiceContext context;
  private final Topics topics;
  private final Accounts accounts;
  private final SerdeFactory serdes;
  private final ResultsClients clients;
  private final Admin admin;
  private final HttpClient http = BatchProviders.newHttpClient();
  private final ResultsMeters meters;
  private final WaitingWork waiting;
  private final FailpointListener<Failpoint> halt;
  private final ControlState control = new ControlState();

  private ResultsModule(ResultsConfig config, ServiceContext context, ProviderProfiles providers) {
    this.config = config;
    this.context = context;
    this.topics = Topics.withPrefix(config.topics().prefix());
    this.accounts = Accounts.of(config.accounts(), providers);
    this.serdes = SerdeFactory.of(config.registry().serdeProperties());
    this.clients =
        new ResultsClients(
            config.kafka(), config.topics().prefix(), config.limits().largestBytes());
    this.admin = clients.admin();
    this.meters = new ResultsMeters(context.meters());
    this.waiting = new WaitingWork(context.clock());
    this.halt =
        HaltAtFailpoint.from(
            "results",
            Failpoint.class,
            System.getenv(),
            Runtime.getRuntime()::halt,
            context.sleeper());
  }

  /**
   * The service, not started.
   *
   * @throws IOException when the price list can't be read
   */
  public static ResultsService create(ResultsConfig config, ServiceContext context)
      throws IOException {
    return create(config, context, BuiltInProviders.PROFILES);
  }

  /**
   * The service, not started, with these providers.
   *
   * @throws IOException when the price list can't be read
   */
  public static ResultsService create(
      ResultsConfig config, ServiceContext context, ProviderProfiles providers) throws IOException {
    return new ResultsModule(config, context, providers).service();
  }

  private ResultsService service() throws IOException {
    var missing = new ShortPartitions(ENDS_ARE_AWAITED, context.clock());
    var places = new PlaceReaders(clients::reader, missing);
    OutcomeRecords outcomes = outcomes(pricing());
    CompletionDependencies tools = workerTools(places, outcomes);
    var singles = new SingleRecordReader(places);
    UrgentDependencies urgent = urgentTools(singles, outcomes);
    meters.watchWaiting(waiting::count);
    context.health().addReadiness("jobs", this::jobsGoOn);
    context.health().addWaits(waiting::all);
    return new ResultsService(
        this::prepareTopics,
        controlReader(),
        Map.of(
            "completions",
            loop(
                topics.completions(),
                clients.group(),
                PartitionWorker.GRACE,
                sessions(clients::producer, clients.group()),
                (partition, stop) -> new PartitionWorker(partition, tools, stop)),
            "urgent",
            loop(
                topics.urgent(),
                clients.urgentGroup(),
                UrgentWorker.GRACE,
                sessions(clients::urgentProducer, clients.urgentGroup()),
                (partition, stop) -> new UrgentWorker(partition, urgent, stop))),
        List.of(singles, admin, serdes, http::shutdownNow));
  }

  private ControlReader controlReader() {
    return new ControlReader(
        clients.controlReader(),
        serdes.deserializer(ControlRecord.class),
        topics.control().name(),
        record -> ControlCommands.apply(control, record, context.clock().instant()),
        context.sleeper(),
        context::failed);
  }

  private PartitionDependencies sessions(
      IntFunction<Producer<byte[], byte[]>> producers, String group) {
    return new PartitionDependencies(
        producers,
        new GroupProgress(admin, group),
        retries(config.downloads().firstRetry(), config.downloads().longestRetry()),
        halt,
        context.sleeper(),
        context::failed);
  }

  /** The grace is the same for a partition that was lost: an interrupt breaks more than it ends. */
  private OwnerLoop<PartitionThread> loop(
      TopicDefinition topic,
      String group,
      Duration grace,
      PartitionDependencies with,
      PartitionWork.Factory workOf) {
    var loop =
        new OwnerLoop<PartitionThread>(
            clients.member(group),
            topic.name(),
            (partition, ownership) -> new PartitionThread(partition, with, ownership, workOf),
            new OwnerLoop.Handover(grace, grace),
            context.clock(),
            new OwnerLoop.Watcher() {},
            context::failed);
    context
        .health()
        .addReadiness(
            group, () -> CheckResult.okIf(loop.isMember(), "not a member of " + group + " yet"));
    return loop;
  }

  private CheckResult jobsGoOn() {
    String words = waiting.describe(WORTH_SAYING);
    return CheckResult.okIf(words.isEmpty(), words);
  }

  private void prepareTopics() throws InterruptedException {
    Duration longestWindow =
        accounts.all().stream()
            .map(account -> account.limits().window())
            .max(Duration::compareTo)
            .orElse(Duration.ZERO);
    var requirements =
        new TopicRequirements(
            config.topics().create(),
            config.topics().partitions(),
            (short) config.topics().replicationFactor(),
            longestWindow.multipliedBy(config.retries().maxAttempts()),
            largestRecord(),
            largestAnswer());
    new TopicSetup(admin, requirements, context.sleeper())
        .prepare(
            List.of(
                topics.completions(),
                topics.urgent(),
                topics.control(),
                topics.batches(),
                topics.lanes(),
                topics.results(),
                topics.failures(),
                topics.retries(),
                topics.usage()));
  }

  private int largestRecord() {
    return ClientProperties.largestRecordBytes(config.limits().requestBytes());
  }

  private int largestAnswer() {
    return ClientProperties.largestRecordBytes(config.limits().largestBytes());
  }

  private Pricing pricing() throws IOException {
    return new Pricing(
        config.prices().table(), config.usage().upliftsByAccount(), meters::unpricedModel);
  }

  private CompletionDependencies workerTools(PlaceReaders places, OutcomeRecords outcomes) {
    Retries retries = retries(config.downloads().firstRetry(), config.downloads().longestRetry());
    var access = new AccountAccess(accounts, this::adapter);
    return new CompletionDependencies(
        fetcher(places, access, retries),
        new JobPublisher(
            topics, places, requests(), outcomes, new Semaphore(1, true), context.clock()),
        new Publications(config.chunks(), usageWriter(), meters, context.clock()),
        new Semaphore(config.downloads().concurrent(), true),
        config.downloads().deleteProviderFiles() ? new JobCleaner(access, context.sleeper()) : null,
        meters,
        context.clock(),
        context::failed);
  }

  private UrgentDependencies urgentTools(SingleRecordReader places, OutcomeRecords outcomes) {
    var caller =
        new UrgentCaller(
            topics.lanes().name(),
            places,
            requests(),
            outcomes,
            new AccountAdapters<>(accounts, this::syncAdapter),
            control,
            config.sync().timeout(),
            meters,
            context.clock());
    return new UrgentDependencies(
        serdes.deserializer(SealedBatch.class),
        caller,
        usageWriter(),
        config.sync().concurrent(),
        retries(config.sync().firstRetry(), config.sync().longestRetry()),
        meters,
        context.clock(),
        context.sleeper(),
        context::failed);
  }

  private Retries retries(Duration first, Duration longest) {
    return new Retries(new Backoff(first, longest), new Random(), waiting);
  }

  private BatchProvider adapter(Account account) {
    return BatchProviders.of(account, http, context.clock(), account.calls(), this::called);
  }

  private SyncProvider syncAdapter(Account account) {
    return BatchProviders.sync(
        account, http, context.clock(), config.sync().timeout(), this::called);
  }

  private void called(
      Provider provider, String account, String operation, String outcome, Duration took) {
    meters.called(account, operation, outcome, took);
  }

  private RetryingFetcher fetcher(PlaceReaders places, ProviderAccess access, Retries retries) {
    var manifests =
        new Manifests(places, topics.batches().name(), serdes.deserializer(SealedBatch.class));
    var fetcher =
        new JobFetcher(
            manifests,
            access,
            config.downloads().effectiveFolder(),
            config.retries(),
            meters,
            halt);
    return new RetryingFetcher(
        serdes.deserializer(JobEnded.class),
        fetcher,
        config.downloads().waitForMissing(),
        config.downloads().giveUpAfter(),
        retries,
        context.sleeper(),
        context.clock(),
        meters);
  }

  private LaneRequests requests() {
    return new LaneRequests(
        serdes.deserializer(AdmittedRequest.class), serdes.serializer(AdmittedRequest.class));
  }

  private OutcomeRecords outcomes(Pricing pricing) {
    var format =
        config.outputs().format() == OutputsConfig.Format.JSON
            ? OutcomeFormat.json()
            : OutcomeFormat.avro(serdes, topics);
    return new OutcomeRecords(
        topics, format, pricing, largestAnswer(), largestRecord(), context.clock());
  }

  private UsageWriter usageWriter() {
    return new UsageWriter(
        topics.usage().name(), serdes.serializer(UsageRecord.class), config.usage().labelNames());
  }
}
