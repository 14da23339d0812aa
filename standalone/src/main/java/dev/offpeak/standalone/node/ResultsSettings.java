package dev.offpeak.standalone.node;

import dev.offpeak.provider.price.PricesConfig;
import dev.offpeak.results.ResultsConfig;
import dev.offpeak.results.config.ChunkLimits;
import dev.offpeak.results.config.DownloadsConfig;
import dev.offpeak.results.config.LimitsConfig;
import dev.offpeak.results.config.OutputsConfig;
import dev.offpeak.results.config.RetriesConfig;
import dev.offpeak.results.config.SyncConfig;
import dev.offpeak.results.config.UsageConfig;
import dev.offpeak.runtime.config.load.ConfigLoader;
import java.util.Locale;
import java.util.Map;

/** The results-service of a node. */
final class ResultsSettings {

  private ResultsSettings() {}

  static ResultsConfig of(NodeSettings node) {
    return new ResultsConfig(
        node.kafka().with("group.instance.id", NodeSettings.MEMBER),
        node.registry(),
        node.topicsConfig(),
        NodeSettings.NO_HTTP,
        node.accounts(),
        new LimitsConfig(node.requestLimit()),
        ConfigLoader.with(OutputsConfig.class, Map.of()),
        ConfigLoader.with(PricesConfig.class, Map.of()),
        ConfigLoader.with(UsageConfig.class, Map.of()),
        ConfigLoader.with(
            RetriesConfig.class,
            Map.of("deadline-policy", node.plan().deadlines().name().toLowerCase(Locale.ROOT))),
        ConfigLoader.with(
            DownloadsConfig.class,
            Map.of("folder", node.folder().resolve("downloads").toString(), "concurrent", "2")),
        ConfigLoader.with(SyncConfig.class, Map.of()),
        ConfigLoader.with(ChunkLimits.class, Map.of("bytes", "8MiB", "time", "1s")));
  }
}
