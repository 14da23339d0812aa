package dev.offpeak.ingest.config;

import dev.offpeak.runtime.config.ByteSize;
import dev.offpeak.runtime.config.Default;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Where clients send their requests.
 *
 * @param host the address to bind to; other than this machine's own only with API keys
 * @param port 0 takes any free one
 * @param readTimeout a body that brings nothing for so long is given up, and a connection closed
 * @param headTimeout a request whose headers have begun to come and are not complete after so long
 *     is given up
 * @param minimumRate bytes that a body has to bring a second, over each {@code readTimeout} that it
 *     is waited for; 0B for none
 * @param publicUrl what clients reach this by, for addresses that stand in answers; when not set,
 *     what each request was sent to
 */
public record ListenConfig(
    @Default("127.0.0.1") String host,
    @Default("8090") int port,
    @Default("60s") Duration readTimeout,
    @Default("10s") Duration headTimeout,
    @Default("256B") ByteSize minimumRate,
    @Nullable String publicUrl) {

  private static final int HIGHEST_PORT = 65535;

  public ListenConfig {
    if (port < 0 || port > HIGHEST_PORT) {
      throw new IllegalArgumentException(
          "port must be 0 to " + HIGHEST_PORT + ", not " + port + "; 0 takes any free port");
    }
    if (!readTimeout.isPositive()) {
      throw new IllegalArgumentException("read-timeout must be more than zero");
    }
    if (publicUrl != null && !publicUrl.matches("https?://[^/?#]+[^?#]*")) {
      throw new IllegalArgumentException(
          "public-url is '" + publicUrl + "'; it must be like https://llm.example.com");
    }
    if (!headTimeout.isPositive()) {
      throw new IllegalArgumentException("head-timeout must be more than zero");
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
