package dev.offpeak.ledger.console;

import dev.offpeak.ledger.config.ConsoleConfig;
import dev.offpeak.runtime.config.load.ConfigLoader;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Settings of a console on any free port. */
final class Settings {

  private Settings() {}

  static ConsoleConfig of(String basePath, List<String> names) {
    ConsoleConfig plain = of(Map.of());
    return new ConsoleConfig(
        plain.host(),
        plain.port(),
        basePath,
        names,
        plain.signIn(),
        plain.keys(),
        plain.proxy(),
        plain.actions());
  }

  static ConsoleConfig of(Map<String, String> some) {
    Map<String, String> all = new HashMap<>(some);
    all.putIfAbsent("port", "0");
    return ConfigLoader.with(ConsoleConfig.class, all);
  }
}
