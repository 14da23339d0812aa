package dev.offpeak.benchmarks.installation;

import dev.offpeak.batcher.BatcherConfig;
import dev.offpeak.batcher.BatcherModule;
import dev.offpeak.batcher.BatchingConfig;
import dev.offpeak.batcher.RequestLimits;
import dev.offpeak.batcher.run.StreamsTuning;
import dev.offpeak.benchmarks.load.Broker;
import dev.offpeak.core.lane.Provider;
import dev.offpeak.provider.account.AccountConfig;
import dev.offpeak.provider.account.LimitsConfig;
import dev.offpeak.provider.price.PricesConfig;
import dev.offpeak.results.ResultsConfig;
import dev.offpeak.results.ResultsModule;
import dev.offpeak.results.config.ChunkLimits;
import dev.offpeak.results.config.DownloadsConfig;
import dev.offpeak.results.config.OutputsConfig;
import dev.offpeak.results.config.SyncConfig;
import dev.offpeak.results.config.UsageConfig;
import dev.offpeak.runtime.config.HttpConfig;
import dev.offpeak.runtime.config.RegistryConfig;
import dev.offpeak.runtime.config.Secret;
import dev.offpeak.runtime.config.TopicsConfig;
import dev.offpeak.runtime.config.load.ConfigLoader;
import dev.offpeak.schemas.serde.SerdeFactory;
import dev.offpeak.schemas.topic.Topics;
import dev.offpeak.submitter.SubmitterConfig;
import dev.offpeak.submitter.SubmitterModule;
import dev.offpeak.submitter.config.GroupConfig;
import dev.offpeak.submitter.config.PollingConfig;
import dev.offpeak.submitter.config.RecoveryConfig;
import dev.offpeak.submitter.payload.PayloadSettings;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ExecutionException;

/** An installation of Offpeak on the broker, with one account and the services' usual settings. */
public final class Installation {

  private static final RegistryConfig REGISTRY = RegistryConfig.at("mock://benchmarks");

  /** Health and metrics are not asked for. */
  private static final HttpConfig NO_HTTP = new HttpConfig("127.0.0.1", 0);

  private final Broker broker;
  private final String prefix;
  private final Path folder;
  private final AccountConfig account;

  /**
   * An installation of which nothing is there yet.
   *
   * @param prefix of its topics and groups
   * @param folder for what its services keep on disk
   * @param provider where the account's requests go
   * @param batchRequests requests of a full batch
   */
  public Installation(Broker broker, String prefix, Path folder, URI provider, int batchRequests) {
    this.broker = broker;
    this.prefix = prefix;
    this.folder = folder.resolve(prefix);
    this.account =
        AccountConfig.of(Provider.OPENAI)
            .withKey(new Secret("benchmarks", "sk-benchmarks"))
            .withBaseUrl(provider)
            .withLimits(
                ConfigLoader.with(
                    LimitsConfig.class, Map.of("max-requests", Integer.toString(batchRequests))));
  }

  /** Its topics. */
  public Topics topics() {
    return Topics.withPrefix(prefix);
  }

  /** Serializers of its topics' values. */
  public SerdeFactory serdes() {
    return SerdeFactory.of(REGISTRY.serdeProperties());
  }

  /** Makes its topics. */
  public void createTopics() throws InterruptedException {
    broker.createTopics(topics().all());
  }

  /** Removes its topics. */
  public void deleteTopics() throws ExecutionException, InterruptedException {
    broker.deleteTopics(prefix);
  }

  /** How the batcher's Kafka Streams runs; batches are sealed by size, never by time. */
  public StreamsTuning streams(String applicationId) {
    return ConfigLoader.with(
        StreamsTuning.class,
        Map.of("application-id", applicationId, "state-dir", folder.resolve("streams").toString()));
  }

  /** Starts the batcher. */
  public RunningService batcher() throws Exception {
    var config =
        new BatcherConfig(
            broker.config(),
            REGISTRY,
            topicsConfig(),
            NO_HTTP,
            accounts(),
            new RequestLimits(Broker.LARGEST_REQUEST),
            ConfigLoader.with(BatchingConfig.class, Map.of("linger", "1d")),
            streams("offpeak-batcher"));
    return RunningService.start(context -> BatcherModule.create(config, context));
  }

  /** Starts the submitter, which asks a provider on this machine more often than others. */
  public RunningService submitter() throws Exception {
    var config =
        new SubmitterConfig(
            broker.config(),
            REGISTRY,
            topicsConfig(),
            NO_HTTP,
            accounts(),
            new dev.offpeak.submitter.config.LimitsConfig(Broker.LARGEST_REQUEST),
            ConfigLoader.with(GroupConfig.class, Map.of()),
            PayloadSettings.defaults(),
            ConfigLoader.with(PollingConfig.class, Map.of("shortest", "100ms", "longest", "1s")),
            ConfigLoader.with(dev.offpeak.submitter.config.RetriesConfig.class, Map.of()),
            ConfigLoader.with(RecoveryConfig.class, Map.of()));
    return RunningService.start(context -> SubmitterModule.create(config, context));
  }

  /** Starts the results-service. */
  public RunningService results() throws Exception {
    var config =
        new ResultsConfig(
            broker.config(),
            REGISTRY,
            topicsConfig(),
            NO_HTTP,
            accounts(),
            new dev.offpeak.results.config.LimitsConfig(Broker.LARGEST_REQUEST),
            ConfigLoader.with(OutputsConfig.class, Map.of()),
            ConfigLoader.with(PricesConfig.class, Map.of()),
            ConfigLoader.with(UsageConfig.class, Map.of()),
            ConfigLoader.with(dev.offpeak.results.config.RetriesConfig.class, Map.of()),
            ConfigLoader.with(
                DownloadsConfig.class, Map.of("folder", folder.resolve("downloads").toString())),
            ConfigLoader.with(SyncConfig.class, Map.of()),
            chunks());
    return RunningService.start(context -> ResultsModule.create(config, context));
  }

  /** When outcomes are committed. */
  public ChunkLimits chunks() {
    return ConfigLoader.with(ChunkLimits.class, Map.of());
  }

  /** The consumer group of the results-service. */
  public String resultsGroup() {
    return prefix + "offpeak-results";
  }

  private TopicsConfig topicsConfig() {
    return new TopicsConfig(prefix, Broker.PARTITIONS, 1, true);
  }

  private Map<String, AccountConfig> accounts() {
    return Map.of("openai", account);
  }
}
