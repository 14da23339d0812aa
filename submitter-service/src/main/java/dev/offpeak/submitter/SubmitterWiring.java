package dev.offpeak.submitter;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.offpeak.core.control.ControlState;
import dev.offpeak.runtime.failpoint.FailpointListener;
import dev.offpeak.runtime.kafka.ClientProperties;
import dev.offpeak.runtime.lifecycle.ServiceContext;
import dev.offpeak.schemas.avro.AdmittedRequest;
import dev.offpeak.schemas.avro.ControlRecord;
import dev.offpeak.schemas.avro.SealedBatch;
import dev.offpeak.schemas.avro.UsageRecord;
import dev.offpeak.schemas.control.ControlCommands;
import dev.offpeak.schemas.control.ControlReader;
import dev.offpeak.schemas.reading.OwnerLoop;
import dev.offpeak.schemas.serde.SerdeFactory;
import dev.offpeak.schemas.topic.TopicRequirements;
import dev.offpeak.schemas.topic.TopicSetup;
import dev.offpeak.schemas.topic.Topics;
import dev.offpeak.submitter.account.AccountBook;
import dev.offpeak.submitter.account.AccountNotices;
import dev.offpeak.submitter.batch.BatchReader;
import dev.offpeak.submitter.batch.JobNames;
import dev.offpeak.submitter.config.RecoveryConfig;
import dev.offpeak.submitter.failpoint.DuplicateGuards;
import dev.offpeak.submitter.failpoint.Failpoint;
import dev.offpeak.submitter.janitor.Janitor;
import dev.offpeak.submitter.job.JobDependencies;
import dev.offpeak.submitter.job.JobSettings;
import dev.offpeak.submitter.ledger.Ledgers;
import dev.offpeak.submitter.ledger.UnprocessableRecords;
import dev.offpeak.submitter.metric.SubmitterMeters;
import dev.offpeak.submitter.partition.PartitionOwner;
import dev.offpeak.submitter.payload.LanePayloads;
import dev.offpeak.submitter.payload.LaneValues;
import dev.offpeak.submitter.payload.RetentionWatch;
import dev.offpeak.submitter.usage.UsageReader;
import java.net.http.HttpClient;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;

/** Wires what needs Kafka and the registry, when the service starts. */
final class SubmitterWiring {

  private static final String NAME = "offpeak-submitter";
  private static final int DIGEST_BYTES = 4;

  private final SubmitterConfig config;
  private final ServiceContext context;
  private final FailpointListener<Failpoint> halt;
  private final DuplicateGuards safeties;
  private final SubmitterMeters meters;
  private final AccountBook accounts;
  private final ControlState control;
  private final HttpClient http;
  private final Topics topics;
  private final String name;
  private final SubmitterClients clients;
  private final SerdeFactory serdes;
  private final UnprocessableRecords unprocessable;

  /** Nothing is connected yet. */
  SubmitterWiring(
      SubmitterConfig config,
      ServiceContext context,
      FailpointListener<Failpoint> halt,
      DuplicateGuards safeties,
      SubmitterMeters meters,
      AccountBook accounts,
      ControlState control,
      HttpClient http) {
    this.config = config;
    this.context = context;
    this.halt = halt;
    this.safeties = safeties;
    this.meters = meters;
    this.accounts = accounts;
    this.control = control;
    this.http = http;
    this.topics = Topics.withPrefix(config.topics().prefix());
    this.name = config.topics().prefix() + NAME;
    this.clients = new SubmitterClients(config.kafka(), name);
    this.unprocessable = new UnprocessableRecords(meters);
    this.serdes = SerdeFactory.of(config.registry().serdeProperties());
  }

  /**
   * Connects.
   *
   * @throws InterruptedException when told to stop
   * @throws ExecutionException when the cluster can't be asked
   */
  SubmitterWork open() throws InterruptedException, ExecutionException {
    String cluster = prepareTopics();
    LanePayloads payloads = payloads();
    BatchReader batches =
        new BatchReader(
            clients.batches(),
            serdes.deserializer(SealedBatch.class),
            topics.batches().name(),
            context.clock());
    JobNames names = new JobNames(installation(cluster));
    Ledgers ledgers =
        new Ledgers(
            config.kafka(), serdes, topics, name + "-", safeties, unprocessable, context.clock());
    OwnerLoop<PartitionOwner> loop = loop(ledgers, tools(names, batches, payloads));
    Janitor janitor =
        new Janitor(
            accounts.usable(),
            names,
            ledgers::live,
            config.janitor(),
            () -> loop.owns(0),
            meters,
            context.clock(),
            context.sleeper());
    AccountNotices notices = notices();
    RetentionWatch retention =
        new RetentionWatch(
            clients.admin(),
            topics.lanes().name(),
            new JobGauges(loop::owners, context.clock())::oldestHeld,
            context.sleeper());
    meters.watchRetention(retention::used);
    return new SubmitterWork(
        loop,
        controlReader(),
        usage(loop),
        retention,
        janitor,
        notices,
        List.of(janitor, notices, retention, batches, payloads, serdes, http::shutdownNow));
  }

  /** Makes sure that topics are as they must be; returns the cluster's id. */
  private String prepareTopics() throws InterruptedException, ExecutionException {
    TopicRequirements requirements =
        new TopicRequirements(
            config.topics().create(),
            config.topics().partitions(),
            (short) config.topics().replicationFactor(),
            Duration.ZERO,
            ClientProperties.largestRecordBytes(config.limits().requestBytes()));
    try (Admin admin = clients.admin()) {
      new TopicSetup(admin, requirements, context.sleeper())
          .prepare(
              List.of(
                  topics.lanes(),
                  topics.batches(),
                  topics.jobs(),
                  topics.quotas(),
                  topics.completions(),
                  topics.usage(),
                  topics.control()));
      return admin.describeCluster().clusterId().get();
    }
  }

  private LanePayloads payloads() {
    String lanes = topics.lanes().name();
    return new LanePayloads(
        config.kafka(),
        name + "-payload",
        lanes,
        new LaneValues(
            lanes,
            serdes.serializer(AdmittedRequest.class),
            serdes.deserializer(AdmittedRequest.class)),
        config.uploads(),
        context.clock());
  }

  private JobDependencies tools(JobNames names, BatchReader batches, LanePayloads payloads) {
    return new JobDependencies(
        context.clock(),
        context.sleeper(),
        new SecureRandom(),
        accounts,
        batches,
        payloads,
        names,
        numbers(),
        control,
        meters,
        unprocessable,
        halt);
  }

  private JobSettings numbers() {
    RecoveryConfig recovery = config.recovery();
    return new JobSettings(
        recovery.settle(),
        recovery.showing(),
        recovery.searchEvery(),
        config.retries().backoff(),
        config.polling().pace(),
        config.retries().mostAttempts(),
        recovery.vanishing(),
        recovery.overdue(),
        recovery.lease());
  }

  private OwnerLoop<PartitionOwner> loop(Ledgers ledgers, JobDependencies tools) {
    return new OwnerLoop<>(
        clients.member(config.group()),
        topics.batches().name(),
        (partition, ownership) ->
            new PartitionOwner(
                partition.partition(),
                ledgers,
                serdes.deserializer(SealedBatch.class),
                tools,
                ownership),
        new OwnerLoop.Handover(config.group().handover(), Duration.ZERO),
        context.clock(),
        new LoopWatch(),
        context::failed);
  }

  /** Tells meters and failpoints what the loop does. */
  private final class LoopWatch implements OwnerLoop.Watcher {

    @Override
    public void ownershipLost() {
      meters.ownershipLost();
    }

    @Override
    public void committing() throws InterruptedException {
      halt.reached(Failpoint.BEFORE_OFFSET_COMMIT);
    }

    @Override
    public void committed() throws InterruptedException {
      halt.reached(Failpoint.AFTER_OFFSET_COMMIT);
    }
  }

  private ControlReader controlReader() {
    return new ControlReader(
        clients.reader("control"),
        serdes.deserializer(ControlRecord.class),
        topics.control().name(),
        record -> ControlCommands.apply(control, record, context.clock().instant()),
        context.sleeper(),
        context::failed);
  }

  private AccountNotices notices() {
    return new AccountNotices(
        accounts,
        clients.producer("notices"),
        serdes.serializer(ControlRecord.class),
        topics.control().name(),
        config.retries().longest(),
        context.clock(),
        context.sleeper());
  }

  private UsageReader usage(OwnerLoop<PartitionOwner> loop) {
    return new UsageReader(
        clients.reader("usage"),
        serdes.deserializer(UsageRecord.class),
        topics.usage().name(),
        (batchId, requests, tokens) ->
            loop.owners().forEach(owner -> owner.usage(batchId, requests, tokens)),
        unprocessable,
        context::failed);
  }

  /** Tells installations apart that share an account at a provider. */
  private String installation(String cluster) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256")
              .digest((cluster + "/" + config.topics().prefix()).getBytes(UTF_8));
      return HexFormat.of().formatHex(digest, 0, DIGEST_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java runtime has SHA-256", e);
    }
  }
}
