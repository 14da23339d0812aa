package dev.offpeak.kafka.embedded;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * Where an embedded broker keeps its data and where it listens.
 *
 * @param folder holds the broker's data; created when absent. A broker started again on the same
 *     folder has the same topics, offsets and transactions.
 * @param host the address it listens on and tells clients to connect to
 * @param port the port that clients connect to; 0 takes any free one
 * @param properties broker properties that win over the built-in ones, by their Kafka names
 */
public record BrokerOptions(Path folder, String host, int port, Map<String, String> properties) {

  private static final int HIGHEST_PORT = 65535;

  public BrokerOptions {
    if (port < 0 || port > HIGHEST_PORT) {
      throw new IllegalArgumentException(
          "port is " + port + ": it must be 0 (any free port) to " + HIGHEST_PORT);
    }
    properties = Map.copyOf(properties);
  }

  /** Data in the given folder, any free port of this machine only, and no other settings. */
  public static BrokerOptions in(Path folder) {
    return new BrokerOptions(folder, "127.0.0.1", 0, Map.of());
  }

  /** What clients connect to, {@code host:port}. */
  String address() {
    return host + ":" + port;
  }

  /** The same with another port. */
  public BrokerOptions withPort(int newPort) {
    return new BrokerOptions(folder, host, newPort, properties);
  }

  /** The same with one more broker property. */
  public BrokerOptions with(String property, String value) {
    var more = new HashMap<>(properties);
    more.put(property, value);
    return new BrokerOptions(folder, host, port, more);
  }
}
