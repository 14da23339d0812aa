package dev.offpeak.standalone.node;

import dev.offpeak.core.lane.Provider;
import dev.offpeak.provider.account.AccountConfig;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Who executes the requests of a node. */
public sealed interface Destination {

  /** Two runs of the same input to different destinations are different runs. */
  String identity();

  /**
   * The simulator, in this process.
   *
   * @param models patterns of the models of each provider that it stands in for
   * @param settings by the names of the simulator's options, without their dashes
   */
  record Simulated(Map<Provider, List<String>> models, Map<String, String> settings)
      implements Destination {

    public Simulated {
      models = Map.copyOf(models);
      settings = Map.copyOf(settings);
    }

    @Override
    public String identity() {
      return "simulator";
    }
  }

  /**
   * Providers, or something that speaks their APIs.
   *
   * @param accounts by name
   */
  record Remote(Map<String, AccountConfig> accounts) implements Destination {

    public Remote {
      accounts = Map.copyOf(accounts);
    }

    @Override
    public String identity() {
      return new TreeMap<>(accounts)
          .entrySet().stream()
              .map(account -> identity(account.getKey(), account.getValue()))
              .collect(Collectors.joining(", "));
    }

    private static String identity(String name, AccountConfig account) {
      return account.baseUrl() == null ? name : name + " at " + account.baseUrl();
    }
  }
}
