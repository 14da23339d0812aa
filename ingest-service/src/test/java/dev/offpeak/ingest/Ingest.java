package dev.offpeak.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.offpeak.runtime.config.load.ConfigLoader;
import dev.offpeak.runtime.health.Health;
import dev.offpeak.runtime.lifecycle.ServiceContext;
import dev.offpeak.testkit.broker.TestKafka;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A running ingest-service and a client of it. */
final class Ingest implements AutoCloseable {

  private static final ObjectMapper JSON = new ObjectMapper();

  final Health health = new Health();
  final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  final IngestService service;
  private final HttpClient client = HttpClient.newHttpClient();

  private Ingest(IngestConfig config) {
    service =
        IngestModule.create(
            config,
            ServiceContext.ofSystem(
                health,
                meters,
                failure -> {
                  throw new AssertionError("the service failed", failure);
                }));
    service.start();
  }

  /**
   * Starts one on any free port.
   *
   * @param settings environment variables without their prefix
   */
  static Ingest start(String bootstrapServers, String prefix, Map<String, String> settings) {
    var environment = environment(bootstrapServers, prefix);
    settings.forEach((name, value) -> environment.put("OFFPEAK_" + name, value));
    return new Ingest(ConfigLoader.load(IngestConfig.class, null, environment));
  }

  /** Starts one from a file, with variables that hold its secrets. */
  static Ingest start(TestKafka kafka, String yaml, Map<String, String> secrets) {
    var environment = environment(kafka.bootstrapServers(), kafka.prefix());
    environment.putAll(secrets);
    try {
      var file = Files.createTempFile("ingest", ".yaml");
      try {
        Files.writeString(file, yaml);
        return new Ingest(ConfigLoader.load(IngestConfig.class, file, environment));
      } finally {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Map<String, String> environment(String bootstrapServers, String prefix) {
    var environment = new HashMap<String, String>();
    environment.put("OFFPEAK_KAFKA_BOOTSTRAP_SERVERS", bootstrapServers);
    environment.put("OFFPEAK_TOPICS_PREFIX", prefix);
    environment.put("OFFPEAK_API_PORT", "0");
    return environment;
  }

  int port() {
    return service.port();
  }

  /** A request to the API, to be finished by the caller. */
  HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + path))
        .header("content-type", "application/x-ndjson");
  }

  Answer post(String body) {
    return post(BodyPublishers.ofString(body, UTF_8), Map.of());
  }

  Answer post(String body, Map<String, String> headers) {
    return post(BodyPublishers.ofString(body, UTF_8), headers);
  }

  Answer post(BodyPublisher body, Map<String, String> headers) {
    var request = request("/v1/requests").POST(body);
    headers.forEach(request::setHeader);
    return send(request.build());
  }

  Answer send(HttpRequest request) {
    try {
      var response = client.send(request, BodyHandlers.ofByteArray());
      return new Answer(
          response.statusCode(), JSON.readTree(response.body()), response.headers().map());
    } catch (IOException e) {
      throw new AssertionError("no answer", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }

  @Override
  public void close() {
    client.close();
    service.close();
  }

  /** What came back. */
  record Answer(int status, JsonNode json, Map<String, List<String>> headers) {

    String code() {
      return json.at("/error/code").asText();
    }

    String message() {
      return json.at("/error/message").asText();
    }
  }
}
