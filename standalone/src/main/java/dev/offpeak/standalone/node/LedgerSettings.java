package dev.offpeak.standalone.node;

import dev.offpeak.ledger.LedgerConfig;
import dev.offpeak.ledger.config.ConsoleConfig;
import dev.offpeak.ledger.config.DatabaseConfig;
import dev.offpeak.ledger.config.OutcomesConfig;
import dev.offpeak.runtime.config.load.ConfigLoader;
import java.util.Map;

/** The ledger of a node, in files beside the topics. */
final class LedgerSettings {

  private LedgerSettings() {}

  static LedgerConfig of(NodeSettings node, ConsoleConfig console) {
    return new LedgerConfig(
        node.kafka(),
        node.registry(),
        node.topicsConfig(),
        NodeSettings.NO_HTTP,
        ConfigLoader.with(
            DatabaseConfig.class, Map.of("url", "file:" + node.folder().resolve("ledger"))),
        ConfigLoader.with(OutcomesConfig.class, Map.of()),
        console);
  }
}
