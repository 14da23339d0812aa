package dev.offpeak.standalone.node;

import dev.offpeak.batcher.BatcherConfig;
import dev.offpeak.batcher.BatcherModule;
import dev.offpeak.batcher.BatchingConfig;
import dev.offpeak.batcher.RequestLimits;
import dev.offpeak.batcher.run.StreamsTuning;
import dev.offpeak.results.ResultsConfig;
import dev.offpeak.results.ResultsModule;
import dev.offpeak.results.config.ChunkLimits;
import dev.offpeak.results.config.DownloadsConfig;
import dev.offpeak.results.config.OutputsConfig;
import dev.offpeak.results.config.PricesConfig;
import dev.offpeak.runtime.config.ByteSize;
import dev.offpeak.runtime.config.HttpConfig;
import dev.offpeak.runtime.lifecycle.ServiceContext;
import dev.offpeak.submitter.SubmitterConfig;
import dev.offpeak.submitter.SubmitterModule;
import dev.offpeak.submitter.config.GroupConfig;
import dev.offpeak.submitter.config.PollingConfig;
import dev.offpeak.submitter.config.RecoveryConfig;
import dev.offpeak.submitter.payload.PayloadSettings;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** How the services are set up to share one process, its memory and its broker. */
final class NodeServices {

  /** Each group has one member, which has its place back at once after a kill. */
  private static final String INSTANCE = "node";

  private static final int MAX_ATTEMPTS = 3;

  /** Nothing listens there: a node's services are asked in the process. */
  private static final HttpConfig NO_HTTP = new HttpConfig("127.0.0.1", 0);

  private final NodeSettings settings;

  NodeServices(NodeSettings settings) {
    this.settings = settings;
  }

  /** The services, not started. */
  ServiceGroup create(ServiceContext context) throws IOException {
    return new ServiceGroup(
        List.of(
            BatcherModule.create(batcher(), context),
            SubmitterModule.create(submitter(), context),
            ResultsModule.create(results(), context)));
  }

  /** Batches are sealed when they are full, or when the run has read everything and says so. */
  private BatcherConfig batcher() {
    return new BatcherConfig(
        settings.kafka(),
        settings.registry(),
        settings.topicsConfig(),
        NO_HTTP,
        settings.accounts(),
        new RequestLimits(settings.requestLimit()),
        new BatchingConfig(
            Duration.ofDays(1),
            Duration.ofMinutes(5),
            Duration.ofDays(7),
            MAX_ATTEMPTS,
            Duration.ofMillis(100),
            Duration.ofMillis(100)),
        new StreamsTuning(
            settings.batcherGroup(),
            settings.folder().resolve("batcher"),
            2,
            Duration.ofMillis(200),
            0,
            ByteSize.parse("8MiB"),
            INSTANCE));
  }

  private SubmitterConfig submitter() {
    boolean local = settings.providerIsLocal();
    return new SubmitterConfig(
        settings.kafka(),
        settings.registry(),
        settings.topicsConfig(),
        NO_HTTP,
        settings.accounts(),
        new dev.offpeak.submitter.config.LimitsConfig(settings.requestLimit()),
        new GroupConfig(INSTANCE, Duration.ofSeconds(45), Duration.ofSeconds(5)),
        new PayloadSettings(
            ByteSize.parse("4MiB"), ByteSize.parse("32MiB"), Duration.ofSeconds(30)),
        local
            ? new PollingConfig(Duration.ofMillis(100), Duration.ofSeconds(1))
            : new PollingConfig(Duration.ofSeconds(10), Duration.ofMinutes(5)),
        new dev.offpeak.submitter.config.RetriesConfig(
            Duration.ofSeconds(1), Duration.ofMinutes(5), 20),
        new RecoveryConfig(
            local ? Duration.ofSeconds(10) : Duration.ofMinutes(2),
            local ? Duration.ofSeconds(1) : Duration.ofSeconds(10),
            Duration.ofSeconds(30),
            Duration.ofMinutes(15),
            Duration.ofHours(2)));
  }

  private ResultsConfig results() {
    return new ResultsConfig(
        settings.kafka().with("group.instance.id", INSTANCE),
        settings.registry(),
        settings.topicsConfig(),
        NO_HTTP,
        settings.accounts(),
        new dev.offpeak.results.config.LimitsConfig(settings.requestLimit()),
        new OutputsConfig(OutputsConfig.Format.AVRO),
        new PricesConfig(null),
        new dev.offpeak.results.config.RetriesConfig(MAX_ATTEMPTS),
        new DownloadsConfig(
            settings.folder().resolve("downloads"),
            2,
            Duration.ofSeconds(1),
            Duration.ofMinutes(1),
            false),
        new ChunkLimits(5_000, ByteSize.parse("8MiB"), Duration.ofSeconds(1)));
  }
}
