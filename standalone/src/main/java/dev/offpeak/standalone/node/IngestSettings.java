package dev.offpeak.standalone.node;

import dev.offpeak.ingest.IngestConfig;
import dev.offpeak.ingest.config.AuthConfig;
import dev.offpeak.ingest.config.LimitsConfig;
import dev.offpeak.ingest.config.ListenConfig;
import dev.offpeak.ingest.config.ProducerSettings;
import dev.offpeak.ingest.config.ProxyConfig;
import dev.offpeak.provider.price.PricesConfig;
import dev.offpeak.runtime.config.load.ConfigLoader;
import java.util.Map;

/** The gateway of a node: for the programs of this machine, without keys. */
final class IngestSettings {

  private IngestSettings() {}

  static IngestConfig of(NodeSettings node, ListenConfig listen) {
    return new IngestConfig(
        node.kafka(),
        node.registry(),
        node.topicsConfig(),
        NodeSettings.NO_HTTP,
        listen,
        new AuthConfig(Map.of(), false),
        ConfigLoader.with(
            LimitsConfig.class, Map.of("request-bytes", node.requestLimit().toString())),
        ConfigLoader.with(ProducerSettings.class, Map.of()),
        node.accounts(),
        ConfigLoader.with(ProxyConfig.class, Map.of()),
        ConfigLoader.with(PricesConfig.class, Map.of()),
        Map.of());
  }
}
