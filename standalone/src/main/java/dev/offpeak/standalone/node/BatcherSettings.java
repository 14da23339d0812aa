package dev.offpeak.standalone.node;

import dev.offpeak.batcher.BatcherConfig;
import dev.offpeak.batcher.BatchingConfig;
import dev.offpeak.batcher.RequestLimits;
import dev.offpeak.batcher.run.StreamsTuning;
import dev.offpeak.runtime.config.load.ConfigLoader;
import java.util.Locale;
import java.util.Map;

/** The batcher of a node. */
final class BatcherSettings {

  private BatcherSettings() {}

  /** Batches are sealed when they are full, when their time is over, or when somebody says so. */
  static BatcherConfig of(NodeSettings node) {
    // Each look at the open batches ends in a commit, also where nothing is open.
    String beat = node.plan().stays() ? "500ms" : "50ms";
    return new BatcherConfig(
        node.kafka(),
        node.registry(),
        node.topicsConfig(),
        NodeSettings.NO_HTTP,
        node.accounts(),
        new RequestLimits(node.requestLimit()),
        ConfigLoader.with(
            BatchingConfig.class,
            Map.of(
                "linger",
                node.plan().linger().toMillis() + "ms",
                "check-every",
                beat,
                "flush-quiet",
                "50ms",
                "deadline-policy",
                node.plan().deadlines().name().toLowerCase(Locale.ROOT))),
        ConfigLoader.with(
            StreamsTuning.class,
            Map.of(
                "application-id",
                node.batcherGroup(),
                "state-dir",
                node.folder().resolve("batcher").toString(),
                "commit-interval",
                beat,
                "cache",
                "8MiB",
                "instance-id",
                NodeSettings.MEMBER)));
  }
}
