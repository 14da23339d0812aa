package dev.offpeak.runtime.http;

import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.HttpService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An HTTP server of a process with small requests: of its operators, or of webhooks. */
public final class ServiceEndpoints implements AutoCloseable {

  private static final Logger LOGGER = LoggerFactory.getLogger(ServiceEndpoints.class);

  private final String host;
  private final int port;
  private final String settings;
  private final WebServer server;

  /**
   * Prepares a server; it listens from {@link #start()} on.
   *
   * @param settings the group of settings that say where, for messages
   */
  public ServiceEndpoints(String host, int port, String settings, HttpService routes) {
    this.host = host;
    this.port = port;
    this.settings = settings;
    this.server =
        Door.ofSmallRequests(host, port)
            .server()
            .routing(routing -> routing.register(routes))
            .build();
  }

  /**
   * Listens.
   *
   * @throws IllegalStateException when the port is taken
   */
  public void start() {
    server.start();
    // Helidon logs a port that is taken, and returns.
    if (!server.isRunning()) {
      throw new IllegalStateException(
          "cannot listen on %1$s:%2$d (%3$s.host, %3$s.port): another program may be using the port"
              .formatted(host, port, settings));
    }
    LOGGER
        .atInfo()
        .addKeyValue("for", settings)
        .addKeyValue("host", host)
        .addKeyValue("port", port())
        .log("listening");
  }

  /** The port it listens on, also when any free one was asked for. */
  public int port() {
    return server.port();
  }

  @Override
  public void close() {
    server.stop();
  }
}
