package dev.offpeak.submitter;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.offpeak.provider.BatchProvider;
import dev.offpeak.provider.account.Account;
import dev.offpeak.provider.account.Accounts;
import dev.offpeak.provider.adapter.BatchProviders;
import dev.offpeak.provider.http.Timeouts;
import dev.offpeak.runtime.kafka.ClientProperties;
import dev.offpeak.runtime.lifecycle.ServiceContext;
import dev.offpeak.schemas.avro.AdmittedRequest;
import dev.offpeak.schemas.avro.ControlRecord;
import dev.offpeak.schemas.avro.SealedBatch;
import dev.offpeak.schemas.serde.SerdeFactory;
import dev.offpeak.schemas.topic.TopicRequirements;
import dev.offpeak.schemas.topic.TopicSetup;
import dev.offpeak.schemas.topic.Topics;
import dev.offpeak.submitter.account.AccountBook;
import dev.offpeak.submitter.batch.BatchReader;
import dev.offpeak.submitter.batch.JobNames;
import dev.offpeak.submitter.config.RecoveryConfig;
import dev.offpeak.submitter.consume.BatchesLoop;
import dev.offpeak.submitter.control.ControlLoop;
import dev.offpeak.submitter.control.Wishes;
import dev.offpeak.submitter.failpoint.Failpoints;
import dev.offpeak.submitter.job.JobNumbers;
import dev.offpeak.submitter.job.JobTools;
import dev.offpeak.submitter.ledger.Ledgers;
import dev.offpeak.submitter.metric.SubmitterMeters;
import dev.offpeak.submitter.partition.PartitionOwner;
import dev.offpeak.submitter.payload.LanePayloads;
import dev.offpeak.submitter.payload.LaneValues;
import java.net.http.HttpClient;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;

/** Wires the submitter-service: the one place where its parts are put together. */
public final class SubmitterModule {

  private static final String NAME = "offpeak-submitter";
  private static final int DIGEST_BYTES = 4;

  private final SubmitterConfig config;
  private final ServiceContext context;
  private final Failpoints failpoints;
  private final Topics topics;
  private final SubmitterMeters meters;
  private final HttpClient http = BatchProviders.newHttpClient();

  private SubmitterModule(SubmitterConfig config, ServiceContext context, Failpoints failpoints) {
    this.config = config;
    this.context = context;
    this.failpoints = failpoints;
    this.topics = Topics.withPrefix(config.topics().prefix());
    this.meters = new SubmitterMeters(context.meters());
  }

  /** The service, not started. */
  public static SubmitterService create(SubmitterConfig config, ServiceContext context) {
    return create(config, context, Failpoints.NONE);
  }

  /** The service, not started, with somebody to be told where its jobs are. */
  static SubmitterService create(
      SubmitterConfig config, ServiceContext context, Failpoints failpoints) {
    return new SubmitterModule(config, context, failpoints).service();
  }

  private SubmitterService service() {
    AccountBook accounts =
        new AccountBook(Accounts.of(config.accounts()), this::adapter, config.retries().waits());
    SubmitterService service =
        new SubmitterService(() -> connect(accounts), config.webhooks(), context.clock());
    watch(service, accounts);
    return service;
  }

  private BatchProvider adapter(Account account) {
    return BatchProviders.of(account, http, context.clock(), Timeouts.DEFAULT, meters);
  }

  private void watch(SubmitterService service, AccountBook accounts) {
    context.health().addReadiness("partitions", service::check);
    JobGauges gauges = new JobGauges(service, context.clock());
    for (JobGauges.State state : JobGauges.State.values()) {
      meters.watchJobs(state.id(), () -> gauges.jobs(state));
    }
    meters.watchOldest(gauges::oldestHeld);
    meters.watchPartitions(() -> service.owners().size());
    accounts
        .usable()
        .forEach(
            (name, account) ->
                meters.watchPaused(name, () -> account.gate().problem() == null ? 0 : 1));
  }

  private SubmitterWork connect(AccountBook accounts)
      throws InterruptedException, ExecutionException {
    String name = config.topics().prefix() + NAME;
    SubmitterClients clients = new SubmitterClients(config.kafka(), name);
    SerdeFactory serdes = SerdeFactory.of(config.registry().serdeProperties());
    String cluster;
    try (Admin admin = clients.admin()) {
      setup(admin)
          .prepare(
              List.of(
                  topics.lanes(),
                  topics.batches(),
                  topics.jobs(),
                  topics.completions(),
                  topics.control()));
      cluster = admin.describeCluster().clusterId().get();
    }
    Wishes wishes = new Wishes();
    LanePayloads payloads = payloads(serdes, name);
    BatchReader batches =
        new BatchReader(
            clients.batches(),
            serdes.deserializer(SealedBatch.class),
            topics.batches().name(),
            context.clock());
    JobTools tools =
        new JobTools(
            context.clock(),
            context.sleeper(),
            new SecureRandom(),
            accounts,
            batches,
            payloads,
            new JobNames(installation(cluster)),
            numbers(),
            wishes,
            meters,
            failpoints);
    Ledgers ledgers = new Ledgers(config.kafka(), serdes, topics, name + "-");
    ControlLoop control =
        new ControlLoop(
            clients.control(),
            serdes.deserializer(ControlRecord.class),
            topics.control().name(),
            accounts,
            wishes,
            context.clock(),
            context::failed);
    BatchesLoop loop =
        new BatchesLoop(
            clients.member(config.group()),
            topics.batches().name(),
            (partition, onReady, onLost) ->
                new PartitionOwner(
                    partition,
                    ledgers,
                    serdes.deserializer(SealedBatch.class),
                    tools,
                    onReady,
                    onLost),
            config.group().handover(),
            context.clock(),
            meters,
            context::failed);
    return new SubmitterWork(loop, control, List.of(batches, payloads, serdes, http::shutdownNow));
  }

  private TopicSetup setup(Admin admin) {
    return new TopicSetup(
        admin,
        new TopicRequirements(
            config.topics().create(),
            config.topics().partitions(),
            (short) config.topics().replicationFactor(),
            Duration.ZERO,
            ClientProperties.largestRecordBytes(config.limits().requestBytes())),
        context.sleeper()::sleep);
  }

  private LanePayloads payloads(SerdeFactory serdes, String name) {
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

  private JobNumbers numbers() {
    RecoveryConfig recovery = config.recovery();
    return new JobNumbers(
        recovery.settle(),
        recovery.showing(),
        recovery.searchEvery(),
        config.retries().waits(),
        config.polling().pace(),
        config.retries().mostAttempts(),
        recovery.vanishing(),
        recovery.overdue(),
        recovery.lease());
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
