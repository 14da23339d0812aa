package dev.offpeak.runtime.config;

import java.util.HashMap;
import java.util.Map;

/**
 * How to reach the cluster.
 *
 * @param bootstrapServers {@code host:port}, several separated by commas
 * @param properties passed to every client as they are, for example {@code security.protocol}
 * @param secretProperties the same for values that are secrets, for example {@code
 *     sasl.jaas.config}
 */
public record KafkaConfig(
    String bootstrapServers, Map<String, String> properties, Map<String, Secret> secretProperties) {

  public KafkaConfig {
    if (bootstrapServers.isBlank()) {
      throw new IllegalArgumentException("bootstrap-servers must name at least one host:port");
    }
    properties = Map.copyOf(properties);
    secretProperties = Map.copyOf(secretProperties);
  }

  /** The cluster at the given address, without further properties. */
  public static KafkaConfig at(String bootstrapServers) {
    return new KafkaConfig(bootstrapServers, Map.of(), Map.of());
  }

  /** The same with one more property. */
  public KafkaConfig with(String property, String value) {
    var more = new HashMap<>(properties);
    more.put(property, value);
    return new KafkaConfig(bootstrapServers, more, secretProperties);
  }

  /** What every client needs to connect, secrets revealed. Not to be printed. */
  public Map<String, Object> connection() {
    var all = new HashMap<String, Object>(properties);
    secretProperties.forEach((name, secret) -> all.put(name, secret.reveal()));
    all.put("bootstrap.servers", bootstrapServers);
    return all;
  }
}
