package dev.offpeak.standalone.up;

import dev.offpeak.runtime.config.Default;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What an installation is asked to be.
 *
 * @param port of the gateway; 0 is any free one
 * @param kafkaPort of the broker; 0 is any free one
 * @param consolePort of the console; 0 is any free one
 * @param linger longest time that a request waits for others of its batch; null is short with the
 *     simulator, where nobody pays, and a minute elsewhere
 */
public record UpOptions(
    @Default("8080") int port,
    @Default("0") int kafkaPort,
    @Default("8070") int consolePort,
    @Nullable Duration linger) {

  private static final int HIGHEST_PORT = 65535;

  public UpOptions {
    requirePort("port", port);
    requirePort("kafka-port", kafkaPort);
    requirePort("console-port", consolePort);
    if (linger != null && linger.isNegative()) {
      throw new IllegalArgumentException("linger is " + linger + "; it must not be negative");
    }
  }

  private static void requirePort(String name, int port) {
    if (port < 0 || port > HIGHEST_PORT) {
      throw new IllegalArgumentException(
          name + " is " + port + "; it must be 0 (any free port) to " + HIGHEST_PORT);
    }
  }
}
