package dev.offpeak.results.world;

import dev.offpeak.provider.account.AccountConfig;
import dev.offpeak.provider.price.PricesConfig;
import dev.offpeak.results.ResultsConfig;
import dev.offpeak.results.ResultsModule;
import dev.offpeak.results.ResultsService;
import dev.offpeak.results.config.ChunkLimits;
import dev.offpeak.results.config.DownloadsConfig;
import dev.offpeak.results.config.LimitsConfig;
import dev.offpeak.results.config.OutputsConfig;
import dev.offpeak.results.config.RetriesConfig;
import dev.offpeak.results.config.SyncConfig;
import dev.offpeak.results.config.UsageConfig;
import dev.offpeak.runtime.config.ByteSize;
import dev.offpeak.runtime.config.HttpConfig;
import dev.offpeak.runtime.config.KafkaConfig;
import dev.offpeak.runtime.config.RegistryConfig;
import dev.offpeak.runtime.config.TopicsConfig;
import dev.offpeak.runtime.health.Health;
import dev.offpeak.runtime.lifecycle.ServiceContext;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** The service under test, running. */
public final class RunningService implements AutoCloseable {

  private final ResultsService service;
  private final Health health = new Health();
  private final MeterRegistry meters = new SimpleMeterRegistry();
  private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

  private RunningService(ResultsConfig config) {
    try {
      service = ResultsModule.create(config, ServiceContext.ofSystem(health, meters, failure::set));
      service.start();
    } catch (Exception e) {
      throw new IllegalStateException("the service does not start", e);
    }
  }

  public static RunningService with(ResultsConfig config) {
    return new RunningService(config);
  }

  /** The settings for that installation: small chunks, short waits, everything else as usual. */
  public static ResultsConfig config(Installation installation) {
    return new ResultsConfig(
        KafkaConfig.at(installation.kafka().bootstrapServers()),
        RegistryConfig.at(installation.registryUrl()),
        new TopicsConfig(installation.kafka().prefix(), Installation.PARTITIONS, 1, true),
        new HttpConfig("127.0.0.1", 0),
        Map.of(Installation.ACCOUNT, installation.accountConfig()),
        new LimitsConfig(ByteSize.parse("1MiB"), ByteSize.parse("12MiB")),
        new OutputsConfig(OutputsConfig.Format.AVRO),
        new PricesConfig(null),
        new UsageConfig(List.of("team", "feature"), Map.of()),
        new RetriesConfig(3, RetriesConfig.DeadlinePolicy.FAIL),
        new DownloadsConfig(
            null,
            4,
            Duration.ofMillis(20),
            Duration.ofMillis(200),
            Duration.ofMillis(400),
            Duration.ofHours(24),
            false),
        new SyncConfig(4, Duration.ofSeconds(30), Duration.ofMillis(20), Duration.ofMillis(200)),
        new ChunkLimits(100, ByteSize.parse("1MiB"), Duration.ofSeconds(5)));
  }

  /** The same with other accounts. */
  public static ResultsConfig withAccounts(
      ResultsConfig config, Map<String, AccountConfig> accounts) {
    return new ResultsConfig(
        config.kafka(),
        config.registry(),
        config.topics(),
        config.http(),
        accounts,
        config.limits(),
        config.outputs(),
        config.prices(),
        config.usage(),
        config.retries(),
        config.downloads(),
        config.sync(),
        config.chunks());
  }

  /** The same with other outputs. */
  public static ResultsConfig withOutputs(ResultsConfig config, OutputsConfig outputs) {
    return with(config, config.limits(), outputs, config.chunks());
  }

  /** The same with other limits. */
  public static ResultsConfig withLimits(ResultsConfig config, LimitsConfig limits) {
    return with(config, limits, config.outputs(), config.chunks());
  }

  /** The same with other chunks. */
  public static ResultsConfig withChunks(ResultsConfig config, ChunkLimits chunks) {
    return with(config, config.limits(), config.outputs(), chunks);
  }

  /** A service that deletes what it does not need any more. */
  public static RunningService deletingFiles(Installation installation) {
    ResultsConfig config = config(installation);
    return with(
        new ResultsConfig(
            config.kafka(),
            config.registry(),
            config.topics(),
            config.http(),
            config.accounts(),
            config.limits(),
            config.outputs(),
            config.prices(),
            config.usage(),
            config.retries(),
            new DownloadsConfig(
                null,
                4,
                Duration.ofMillis(20),
                Duration.ofMillis(200),
                Duration.ofMillis(400),
                Duration.ofHours(24),
                true),
            config.sync(),
            config.chunks()));
  }

  private static ResultsConfig with(
      ResultsConfig config, LimitsConfig limits, OutputsConfig outputs, ChunkLimits chunks) {
    return new ResultsConfig(
        config.kafka(),
        config.registry(),
        config.topics(),
        config.http(),
        config.accounts(),
        limits,
        outputs,
        config.prices(),
        config.usage(),
        config.retries(),
        config.downloads(),
        config.sync(),
        chunks);
  }

  public Health health() {
    return health;
  }

  public MeterRegistry meters() {
    return meters;
  }

  /** Why it could not go on; null when it could. */
  public @Nullable Throwable failure() {
    return failure.get();
  }

  @Override
  public void close() {
    service.close();
  }
}
