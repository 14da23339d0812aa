package dev.offpeak.runtime.http;

import dev.offpeak.runtime.config.HttpConfig;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.HttpRouting;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The HTTP server of a process, with the operators' routes and those of its services. */
public final class ServiceEndpoints implements AutoCloseable {

  private static final Logger LOGGER = LoggerFactory.getLogger(ServiceEndpoints.class);

  private final HttpConfig config;
  private final WebServer server;

  /**
   * Prepares a server; it listens from {@link #start()} on.
   *
   * @param operations health and metrics
   * @param more adds the services' own routes
   */
  public ServiceEndpoints(
      HttpConfig config, OperationsRoutes operations, Consumer<HttpRouting.Builder> more) {
    this.config = config;
    this.server =
        WebServer.builder()
            .host(config.host())
            .port(config.port())
            .shutdownHook(false)
            .routing(
                routing -> {
                  routing.register(operations);
                  more.accept(routing);
                })
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
          "cannot listen on %s:%d (http.host, http.port): another program may be using the port"
              .formatted(config.host(), config.port()));
    }
    LOGGER.atInfo().addKeyValue("host", config.host()).addKeyValue("port", port()).log("listening");
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
