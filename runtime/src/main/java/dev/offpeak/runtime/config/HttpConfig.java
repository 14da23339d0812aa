package dev.offpeak.runtime.config;

/**
 * Where an HTTP server listens.
 *
 * @param host the address to bind to; {@code 0.0.0.0} is every interface
 * @param port 0 takes any free one
 */
public record HttpConfig(@Default("0.0.0.0") String host, @Default("8080") int port) {

  private static final int HIGHEST_PORT = 65535;

  public HttpConfig {
    if (port < 0 || port > HIGHEST_PORT) {
      throw new IllegalArgumentException(
          "port must be 0 to " + HIGHEST_PORT + ", not " + port + "; 0 takes any free port");
    }
  }
}
