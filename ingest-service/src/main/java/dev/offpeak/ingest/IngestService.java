package dev.offpeak.ingest;

import dev.offpeak.ingest.config.ListenConfig;
import dev.offpeak.ingest.http.IngestServer;
import dev.offpeak.ingest.intake.Intake;
import dev.offpeak.ingest.kafka.TopicProbe;
import dev.offpeak.ingest.metrics.IngestMeters;
import dev.offpeak.runtime.lifecycle.Service;
import io.helidon.webserver.http.HttpRouting;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.Producer;
import org.jspecify.annotations.Nullable;

/** Takes requests over HTTP and writes them to llm.requests, until it is closed. */
public final class IngestService implements Service {

  /** What the producer may still need for records whose clients are gone. */
  private static final Duration FLUSH = Duration.ofSeconds(3);

  private final ListenConfig listen;
  private final Producer<byte[], byte[]> producer;
  private final Intake intake;
  private final List<Consumer<HttpRouting.Builder>> routes;
  private final TopicProbe probe;
  private final HttpClient http;
  private final @Nullable GatewayModule gateway;
  private final IngestMeters meters;
  private @Nullable IngestServer server;

  IngestService(
      ListenConfig listen,
      Producer<byte[], byte[]> producer,
      Intake intake,
      List<Consumer<HttpRouting.Builder>> routes,
      TopicProbe probe,
      HttpClient http,
      @Nullable GatewayModule gateway,
      IngestMeters meters) {
    this.listen = listen;
    this.producer = producer;
    this.intake = intake;
    this.routes = routes;
    this.probe = probe;
    this.http = http;
    this.gateway = gateway;
    this.meters = meters;
  }

  @Override
  public String name() {
    return "ingest";
  }

  @Override
  public void start() {
    probe.start();
    if (gateway != null) {
      gateway.start();
    }
    server = IngestServer.start(listen, routes, meters);
  }

  /** What registers its paths, each its own. */
  List<Consumer<HttpRouting.Builder>> routes() {
    return routes;
  }

  /** The port that requests are taken on, once it is started. */
  public int port() {
    if (server == null) {
      throw new IllegalStateException("the ingest-service is not started");
    }
    return server.port();
  }

  /** Lets every body under way end after the line it is at, with an answer that says so. */
  @Override
  public void close() {
    intake.stop();
    if (server != null) {
      server.close();
    }
    if (gateway != null) {
      gateway.close();
    }
    http.shutdownNow();
    producer.close(FLUSH);
    probe.close();
  }
}
