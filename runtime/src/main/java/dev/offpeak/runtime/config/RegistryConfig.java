package dev.offpeak.runtime.config;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * How to reach the schema registry.
 *
 * @param url where its REST API is; several separated by commas
 * @param autoRegister whether producers may register schemas they write
 * @param schemaPatience how long records wait for one schema that the registry does not tell while
 *     it answers otherwise; then they are failures that can be sent again
 * @param properties passed to the serializers as they are
 * @param secretProperties the same for values that are secrets, for example {@code
 *     basic.auth.user.info}
 */
public record RegistryConfig(
    String url,
    @Default("true") boolean autoRegister,
    @Default("2m") Duration schemaPatience,
    Map<String, String> properties,
    Map<String, Secret> secretProperties) {

  private static final Duration SCHEMA_PATIENCE = Duration.ofMinutes(2);

  public RegistryConfig {
    if (!schemaPatience.isPositive()) {
      throw new IllegalArgumentException(
          "schema-patience is " + schemaPatience + "; it must be positive");
    }
    if (url.isBlank()) {
      throw new IllegalArgumentException("url must name a schema registry");
    }
    properties = Map.copyOf(properties);
    secretProperties = Map.copyOf(secretProperties);
  }

  /** The registry at the given address, without further properties. */
  public static RegistryConfig at(String url) {
    return new RegistryConfig(url, true, SCHEMA_PATIENCE, Map.of(), Map.of());
  }

  /** The configuration of serializers, by Confluent's names, secrets revealed. */
  public Map<String, Object> serdeProperties() {
    var all = new HashMap<String, Object>(properties);
    secretProperties.forEach((name, secret) -> all.put(name, secret.reveal()));
    all.put("schema.registry.url", url);
    all.put("schema.patience.ms", Long.toString(schemaPatience.toMillis()));
    all.put("auto.register.schemas", autoRegister);
    return all;
  }
}
