package dev.offpeak.standalone.node;

import dev.offpeak.runtime.config.load.ConfigLoader;
import dev.offpeak.submitter.SubmitterConfig;
import dev.offpeak.submitter.config.GroupConfig;
import dev.offpeak.submitter.config.LimitsConfig;
import dev.offpeak.submitter.config.PollingConfig;
import dev.offpeak.submitter.config.RecoveryConfig;
import dev.offpeak.submitter.config.RetriesConfig;
import dev.offpeak.submitter.payload.PayloadSettings;
import java.util.Map;

/** The submitter of a node. */
final class SubmitterSettings {

  private SubmitterSettings() {}

  /** Whoever executes requests on this machine may be asked often, and answers soon. */
  static SubmitterConfig of(NodeSettings node) {
    boolean local = node.providerIsLocal();
    return new SubmitterConfig(
        node.kafka(),
        node.registry(),
        node.topicsConfig(),
        NodeSettings.NO_HTTP,
        node.accounts(),
        new LimitsConfig(node.requestLimit()),
        ConfigLoader.with(
            GroupConfig.class, Map.of("instance-id", NodeSettings.MEMBER, "handover", "5s")),
        ConfigLoader.with(PayloadSettings.class, Map.of("budget", "32MiB")),
        ConfigLoader.with(
            PollingConfig.class, local ? Map.of("shortest", "100ms", "longest", "1s") : Map.of()),
        ConfigLoader.with(RetriesConfig.class, Map.of()),
        ConfigLoader.with(
            RecoveryConfig.class,
            local ? Map.of("settle", "10s", "search-every", "1s") : Map.of()));
  }
}
