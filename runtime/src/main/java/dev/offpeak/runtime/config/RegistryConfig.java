package dev.offpeak.runtime.config;

import java.util.HashMap;
import java.util.Map;

/**
 * How to reach the schema registry.
 *
 * @param url where its REST API is; several separated by commas
 * @param autoRegister whether producers may register schemas they write
 * @param properties passed to the serializers as they are
 * @param secretProperties the same for values that are secrets, for example {@code
 *     basic.auth.user.info}
 */
public record RegistryConfig(
    String url,
    @Default("true") boolean autoRegister,
    Map<String, String> properties,
    Map<String, Secret> secretProperties) {

  public RegistryConfig {
    if (url.isBlank()) {
      throw new IllegalArgumentException("url must name a schema registry");
    }
    properties = Map.copyOf(properties);
    secretProperties = Map.copyOf(secretProperties);
  }

  /** The registry at the given address, without further properties. */
  public static RegistryConfig at(String url) {
    return new RegistryConfig(url, true, Map.of(), Map.of());
  }

  /** The configuration of serializers, by Confluent's names, secrets revealed. */
  public Map<String, Object> serdeProperties() {
    var all = new HashMap<String, Object>(properties);
    secretProperties.forEach((name, secret) -> all.put(name, secret.reveal()));
    all.put("schema.registry.url", url);
    all.put("auto.register.schemas", autoRegister);
    return all;
  }
}
