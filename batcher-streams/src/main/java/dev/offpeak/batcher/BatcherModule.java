package dev.offpeak.batcher;

import dev.offpeak.batcher.id.BatchIds;
import dev.offpeak.batcher.lane.LaneDirectory;
import dev.offpeak.batcher.metric.BatcherMetric;
import dev.offpeak.batcher.metric.BatcherMetrics;
import dev.offpeak.batcher.run.Changelogs;
import dev.offpeak.batcher.run.ClusterSetup;
import dev.offpeak.batcher.run.GlobalRecordReader;
import dev.offpeak.batcher.run.RefusedSends;
import dev.offpeak.batcher.run.StreamsProcess;
import dev.offpeak.batcher.run.StreamsProperties;
import dev.offpeak.batcher.run.ThreadFailures;
import dev.offpeak.batcher.stage.AssemblyTimes;
import dev.offpeak.batcher.stage.TopologyNode;
import dev.offpeak.batcher.stage.UnprocessableStageRecords;
import dev.offpeak.core.wait.StopSignal;
import dev.offpeak.provider.account.Account;
import dev.offpeak.provider.account.AccountProblems;
import dev.offpeak.provider.account.Accounts;
import dev.offpeak.provider.account.ProviderProfiles;
import dev.offpeak.provider.adapter.BuiltInProviders;
import dev.offpeak.runtime.kafka.ClientProperties;
import dev.offpeak.runtime.lifecycle.ServiceContext;
import dev.offpeak.schemas.serde.SerdeFactory;
import dev.offpeak.schemas.topic.TopicDefinition;
import dev.offpeak.schemas.topic.TopicRequirements;
import dev.offpeak.schemas.topic.Topics;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.rocksdb.RocksDB;

/** Wires the batcher: the one place where its parts are put together. */
public final class BatcherModule {

  private BatcherModule() {}

  /**
   * The batcher, not started.
   *
   * @throws AccountProblems when the accounts can't be used
   */
  public static BatcherService create(BatcherConfig config, ServiceContext context) {
    return create(config, context, BuiltInProviders.PROFILES);
  }

  /**
   * The batcher, not started, with these providers.
   *
   * @throws AccountProblems when the accounts can't be used
   */
  public static BatcherService create(
      BatcherConfig config, ServiceContext context, ProviderProfiles providers) {
    var accounts = Accounts.of(config.accounts(), providers);
    var topics = Topics.withPrefix(config.topics().prefix());
    var random = new SecureRandom();
    var stop = new StopSignal(context.sleeper());
    var serdes = SerdeFactory.of(config.registry().serdeProperties());
    var failures = new ThreadFailures(context.clock(), stop, random);
    var formats =
        new RecordFormats(
            serdes,
            BatcherTopics.of(topics),
            reader -> new GlobalRecordReader<>(reader, stop, random));
    var metrics = new BatcherMetrics(context.meters(), context.clock());
    var names = BatcherTopics.of(topics);
    var topology = topology(config, context, accounts, names, formats, metrics, random);
    var properties =
        StreamsProperties.of(
            config.kafka(),
            config.streams(),
            config.applicationId(),
            config.topics().replicationFactor(),
            config.limits().requestBytes());
    properties.putAll(unprocessable(config, context, names, formats, metrics));
    properties.putAll(RefusedSends.properties(failures));
    var streams =
        new StreamsProcess(
            topology::build,
            properties,
            ClientProperties.largestRecordBytes(config.limits().requestBytes()),
            failures,
            config.streams().instanceId() != null,
            context::failed);
    var service =
        new BatcherService(
            setup(config, accounts, topics, stop), streams, serdes, stop, random, context::failed);
    context.health().addLiveness("kafka-streams", streams::liveness);
    context.health().addReadiness("kafka-streams", service::readiness);
    context.health().addReadiness("stream-threads", failures);
    BatcherMetric.LAG.gauge(context.meters(), streams::lag);
    return service;
  }

  /**
   * Loads the native library of the state stores, which takes a tenth of a second. The first store
   * does so otherwise; a process in a hurry does it earlier, on a thread of its own.
   */
  public static void loadStores() {
    RocksDB.loadLibrary();
  }

  private static BatcherTopology topology(
      BatcherConfig config,
      ServiceContext context,
      Accounts accounts,
      BatcherTopics topics,
      RecordFormats formats,
      BatcherMetrics metrics,
      SecureRandom random) {
    BatchingConfig batching = config.batching();
    return new BatcherTopology(
        topics,
        () -> new LaneDirectory(accounts, batching.linger(), batching.deadlineMargin()),
        batching.deadlinePolicy(),
        formats::create,
        BatchIds.ulids(context.clock(), random),
        new AssemblyTimes(batching.checkEvery(), batching.flushQuiet(), batching.dedupWindow()),
        ClientProperties.largestRecordBytes(config.limits().requestBytes()),
        metrics,
        context.clock());
  }

  private static Map<String, Object> unprocessable(
      BatcherConfig config,
      ServiceContext context,
      BatcherTopics topics,
      RecordFormats formats,
      BatcherMetrics metrics) {
    return UnprocessableStageRecords.properties(
        new UnprocessableStageRecords.Parts(
            topics.requests(),
            topics.control(),
            topics.failures(),
            formats::create,
            ClientProperties.largestRecordBytes(config.limits().requestBytes()),
            metrics,
            context.clock()));
  }

  private static ClusterSetup setup(
      BatcherConfig config, Accounts accounts, Topics topics, StopSignal stop) {
    List<TopicDefinition> used =
        List.of(
            topics.requests(),
            topics.retries(),
            topics.lanes(),
            topics.batches(),
            topics.urgent(),
            topics.failures(),
            topics.duplicates(),
            topics.control());
    var requirements =
        new TopicRequirements(
            config.topics().create(),
            config.topics().partitions(),
            (short) config.topics().replicationFactor(),
            jobsTake(config.batching(), accounts),
            ClientProperties.largestRecordBytes(config.limits().requestBytes()));
    var changelogs =
        Changelogs.of(
            config.applicationId(),
            topics.lanes().name(),
            TopologyNode.SEEN,
            TopologyNode.OPEN_BATCHES);
    return new ClusterSetup(config.kafka(), used, requirements, changelogs, stop);
  }

  /** The longest that a request may be read again from llm.lanes. */
  private static Duration jobsTake(BatchingConfig batching, Accounts accounts) {
    Duration window =
        accounts.all().stream()
            .map(Account::limits)
            .map(limits -> limits.window())
            .max(Duration::compareTo)
            .orElseThrow();
    return batching.linger().plus(window).multipliedBy(batching.maxAttempts());
  }
}
