package dev.offpeak.runtime.config;

/**
 * Where a process answers its operators. It asks nobody who they are, so that it is for this
 * machine only unless it is told otherwise.
 *
 * @param host the address to bind to; {@code 0.0.0.0} is every interface, as containers need it
 * @param port 0 takes any free one
 */
public record HttpConfig(@Default("127.0.0.1") String host, @Default("8080") int port) {

  private static final int HIGHEST_PORT = 65535;

  public HttpConfig {
    if (port < 0 || port > HIGHEST_PORT) {
      throw new IllegalArgumentException(
          "port must be 0 to " + HIGHEST_PORT + ", not " + port + "; 0 takes any free port");
    }
  }
}
