package dev.offpeak.standalone.node;

import dev.offpeak.core.lane.Provider;
import dev.offpeak.provider.account.AccountConfig;
import dev.offpeak.runtime.config.Secret;
import dev.offpeak.simulator.Simulator;
import java.io.Closeable;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a node's requests go: the one account, and the simulator behind it when there is one.
 *
 * @param name of the account
 * @param account how it is reached
 */
record Endpoint(String name, AccountConfig account, @Nullable Simulator simulator)
    implements Closeable {

  private static final Secret ANY_KEY = new Secret("the simulator takes any key", "simulator");

  /** Opens the destination; a simulator keeps its files in the folder. */
  static Endpoint open(Destination destination, Path folder) throws IOException {
    return switch (destination) {
      case Destination.Simulated simulated -> {
        Simulator simulator = LocalSimulator.start(folder, simulated.settings());
        yield new Endpoint(
            "simulator", account(simulator.baseUri(), ANY_KEY, simulated.models()), simulator);
      }
      case Destination.Remote remote ->
          new Endpoint(
              remote.provider(), account(remote.baseUrl(), remote.key(), remote.models()), null);
    };
  }

  private static AccountConfig account(@Nullable URI baseUrl, Secret key, List<String> models) {
    AccountConfig account = AccountConfig.of(Provider.OPENAI).withKey(key).withModels(models);
    return baseUrl == null ? account : account.withBaseUrl(baseUrl);
  }

  @Override
  public void close() throws IOException {
    if (simulator != null) {
      simulator.close();
    }
  }
}
