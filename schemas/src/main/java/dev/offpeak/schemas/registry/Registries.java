package dev.offpeak.schemas.registry;

import java.util.Map;

/** Makes the registry that properties name. */
public final class Registries {

  private static final String IN_PROCESS = "mock://";
  private static final String IN_FILE = "file:/";

  private Registries() {}

  /**
   * A client of the registry, with a cache of its own. Opens no connection yet. Reads these
   * properties, which mean what they mean to Confluent's clients:
   *
   * <ul>
   *   <li>{@code schema.registry.url}: several separated by commas, each tried in turn; {@code
   *       mock://name} is a registry within the process, {@code file:///path} one in a file of this
   *       machine
   *   <li>{@code basic.auth.credentials.source}: {@code URL} or {@code USER_INFO}; without it,
   *       whichever is there
   *   <li>{@code basic.auth.user.info}: {@code user:password}
   *   <li>{@code bearer.auth.token}
   *   <li>{@code http.connect.timeout.ms}, {@code http.read.timeout.ms}: 10 s each
   *   <li>{@code normalize.schemas}
   *   <li>{@code schema.patience.ms}, ours: how long is waited for one schema that a registry does
   *       not tell while it answers otherwise; 2 min
   * </ul>
   *
   * @throws org.apache.kafka.common.config.ConfigException when one is missing or wrong
   */
  public static SchemaRegistry connect(Map<String, ?> properties) {
    String first = RegistrySettings.urls(properties).getFirst();
    return new CachedRegistry(uncached(first, properties));
  }

  private static SchemaRegistry uncached(String url, Map<String, ?> properties) {
    if (url.startsWith(IN_PROCESS)) {
      return InProcessRegistry.named(url.substring(IN_PROCESS.length()));
    }
    return url.startsWith(IN_FILE)
        ? FileRegistry.at(url)
        : new RestRegistry(RegistrySettings.of(properties), System::nanoTime);
  }
}
