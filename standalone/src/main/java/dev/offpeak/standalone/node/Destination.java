package dev.offpeak.standalone.node;

import dev.offpeak.runtime.config.Secret;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Who executes the requests of a node. */
public sealed interface Destination {

  /** Patterns of the models that are sent there. */
  List<String> models();

  /** Two runs of the same input to different destinations are different runs. */
  String identity();

  /**
   * The simulator, in this process.
   *
   * @param settings by the names of the simulator's options, without their dashes
   */
  record Simulated(List<String> models, Map<String, String> settings) implements Destination {

    public Simulated {
      models = List.copyOf(models);
      settings = Map.copyOf(settings);
    }

    @Override
    public String identity() {
      return "simulator";
    }
  }

  /**
   * A provider, or something that speaks its API.
   *
   * @param provider openai
   * @param baseUrl another address than the provider's own, or null
   * @param key the key
   */
  record Remote(String provider, @Nullable URI baseUrl, Secret key, List<String> models)
      implements Destination {

    public Remote {
      models = List.copyOf(models);
    }

    @Override
    public String identity() {
      return baseUrl == null ? provider : provider + " at " + baseUrl;
    }
  }
}
