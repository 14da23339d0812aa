package dev.offpeak.ingest.config;

import dev.offpeak.runtime.config.Default;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;

/**
 * Where clients send their requests.
 *
 * @param host the address to bind to; other than this machine's own only with API keys
 * @param port 0 takes any free one
 * @param readTimeout a body that brings nothing for so long is given up
 */
public record ListenConfig(
    @Default("127.0.0.1") String host,
    @Default("8090") int port,
    @Default("60s") Duration readTimeout) {

  private static final int HIGHEST_PORT = 65535;

  public ListenConfig {
    if (port < 0 || port > HIGHEST_PORT) {
      throw new IllegalArgumentException(
          "port must be 0 to " + HIGHEST_PORT + ", not " + port + "; 0 takes any free port");
    }
    if (!readTimeout.isPositive()) {
      throw new IllegalArgumentException("read-timeout must be more than zero");
    }
  }

  /** Whether only processes of this machine can connect. */
  public boolean isLoopback() {
    try {
      return InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException e) {
      // The bind will fail and say so; until then it must not count as safe.
      return false;
    }
  }
}
