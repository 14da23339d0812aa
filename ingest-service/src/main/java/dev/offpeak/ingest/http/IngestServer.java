package dev.offpeak.ingest.http;

import dev.offpeak.ingest.config.ListenConfig;
import dev.offpeak.ingest.metrics.IngestMeters;
import dev.offpeak.runtime.http.Door;
import io.helidon.http.DirectHandler;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.DirectHandlers;
import io.helidon.webserver.http.HttpRouting;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/** The web server: which path goes to which route. Each noun of the API has a route of its own. */
public final class IngestServer implements AutoCloseable {

  /** Bodies that are still being read after so long are cut off at a stop. */
  private static final Duration GRACE = Duration.ofSeconds(20);

  private final WebServer server;

  private IngestServer(WebServer server) {
    this.server = server;
  }

  /**
   * Starts to listen.
   *
   * @param routes each registers its own
   * @throws IllegalStateException when it can't listen there, as when the port is taken
   */
  public static IngestServer start(
      ListenConfig listen, List<Consumer<HttpRouting.Builder>> routes, IngestMeters meters) {
    var routing = HttpRouting.builder();
    routing.addFilter(new CloseWhenSaid());
    routing.addFilter(
        (chain, _, response) -> {
          var asked = meters.asked();
          response.whenSent(() -> meters.answered(asked, response.status().code()));
          chain.proceed();
        });
    routing.addFilter(new RequestIds());
    routes.forEach(each -> each.accept(routing));
    Refusals.register(routing);
    var refusals = DirectHandlers.builder();
    for (var event : DirectHandler.EventType.values()) {
      refusals.addHandler(event, Refusals.beforeRouting());
    }
    return new IngestServer(
        new Door(
                listen.host(),
                listen.port(),
                listen.readTimeout(),
                listen.headTimeout(),
                Door.Part.HEAD)
            .server()
            .shutdownGracePeriod(GRACE)
            .contentEncoding(new RawBodies())
            .directHandlers(refusals.build())
            .routing(routing)
            .build()
            .start());
  }

  /** The port that it listens on. */
  public int port() {
    return server.port();
  }

  /** Takes no further requests and waits for those under way, within reason. */
  @Override
  public void close() {
    server.stop();
  }
}
