package dev.offpeak.standalone.node;

import dev.offpeak.core.lane.Provider;
import dev.offpeak.provider.account.AccountConfig;
import dev.offpeak.provider.adapter.BuiltInProviders;
import dev.offpeak.runtime.config.Secret;
import dev.offpeak.simulator.Simulator;
import java.io.Closeable;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A destination as a node reaches it: its accounts, and the simulator behind them when there is
 * one.
 *
 * @param accounts by name
 */
record Reached(Map<String, AccountConfig> accounts, @Nullable Simulator simulator)
    implements Closeable {

  /** How the names of accounts of the simulator begin. */
  static final String SIMULATED = "simulator-";

  private static final Secret ANY_KEY = new Secret("the simulator takes any key", "simulator");

  /** Opens the destination; a simulator keeps its files in the folder. */
  static Reached open(Destination destination, Path folder) throws IOException {
    return switch (destination) {
      case Destination.Simulated simulated -> {
        Simulator simulator = LocalSimulator.start(folder, simulated.settings());
        yield new Reached(accounts(simulated, simulator), simulator);
      }
      case Destination.Remote remote -> new Reached(remote.accounts(), null);
    };
  }

  private static Map<String, AccountConfig> accounts(
      Destination.Simulated simulated, Simulator simulator) {
    Map<String, AccountConfig> accounts = new TreeMap<>();
    simulated
        .models()
        .forEach(
            (provider, models) ->
                accounts.put(
                    SIMULATED + provider.id(),
                    AccountConfig.of(provider)
                        .withKey(ANY_KEY)
                        .withModels(models)
                        .withBaseUrl(address(provider, simulator))));
    return accounts;
  }

  /** The simulator has each API below the path that it has at its provider. */
  private static URI address(Provider provider, Simulator simulator) {
    String own = BuiltInProviders.PROFILES.of(provider.id()).baseUrl();
    String path = own == null ? "" : URI.create(own).getPath();
    return URI.create(simulator.rootUri().toString().replaceAll("/+$", "") + path);
  }

  @Override
  public void close() throws IOException {
    if (simulator != null) {
      simulator.close();
    }
  }
}
