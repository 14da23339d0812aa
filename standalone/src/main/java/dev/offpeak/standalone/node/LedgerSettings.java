package dev.offpeak.standalone.node;

import dev.offpeak.ledger.LedgerConfig;
import dev.offpeak.ledger.config.BilledAccount;
import dev.offpeak.ledger.config.BilledAccount.Kind;
import dev.offpeak.ledger.config.ConsoleConfig;
import dev.offpeak.ledger.config.DatabaseConfig;
import dev.offpeak.ledger.config.OutcomesConfig;
import dev.offpeak.ledger.config.ProofConfig;
import dev.offpeak.runtime.config.Secret;
import dev.offpeak.runtime.config.load.ConfigLoader;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The ledger of a node, in files beside the topics. */
final class LedgerSettings {

  private static final Map<String, Kind> KINDS =
      Map.of(
          Reached.SIMULATED + "openai", Kind.OPENAI,
          Reached.SIMULATED + "anthropic", Kind.ANTHROPIC);
  private static final Duration ASKED = Duration.ofSeconds(30);
  private static final int DAYS = 7;

  /** The simulator takes any key that begins like an administrator's of the provider. */
  private static final Map<Kind, Secret> ADMINS =
      Map.of(
          Kind.OPENAI, new Secret("the simulator", "sk-admin-node"),
          Kind.ANTHROPIC, new Secret("the simulator", "sk-ant-admin-node"));

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
        console,
        proof(node));
  }

  /** The simulator's bill can be read by anybody; a provider's needs a key that a node has not. */
  private static ProofConfig proof(NodeSettings node) {
    Map<String, BilledAccount> billed = new HashMap<>();
    node.accounts()
        .forEach(
            (name, account) -> {
              URI url = account.baseUrl();
              Kind kind = KINDS.get(name);
              Secret admin = kind == null ? null : ADMINS.get(kind);
              if (url != null && kind != null && admin != null) {
                billed.put(name, new BilledAccount(kind, admin, url.resolve("/"), List.of()));
              }
            });
    return new ProofConfig(billed, ASKED, DAYS, ASKED);
  }
}
