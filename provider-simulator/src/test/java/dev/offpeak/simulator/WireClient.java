package dev.offpeak.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A client that knows nothing but HTTP, so that tests see what is on the wire. */
final class WireClient {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private final URI base;
  private final Map<String, String> headers;

  WireClient(URI base, Map<String, String> headers) {
    this.base = base;
    this.headers = headers;
  }

  URI base() {
    return base;
  }

  /** Sent with each call. */
  Map<String, String> headers() {
    return headers;
  }

  /** What came back. */
  record Answer(int status, HttpHeaders headers, String body) {
    JsonNode json() {
      return parse(body);
    }

    JsonNode error() {
      return json().path("error");
    }

    String header(String name) {
      return headers.firstValue(name).orElse("");
    }

    List<JsonNode> lines() {
      return body.lines().map(WireClient::parse).toList();
    }
  }

  static JsonNode parse(String json) {
    try {
      return MAPPER.readTree(json);
    } catch (IOException e) {
      throw new UncheckedIOException(json, e);
    }
  }

  Answer get(String path) throws IOException {
    return send("GET", path, BodyPublishers.noBody());
  }

  Answer delete(String path) throws IOException {
    return send("DELETE", path, BodyPublishers.noBody());
  }

  Answer post(String path, String json) throws IOException {
    return post(path, BodyPublishers.ofString(json));
  }

  Answer post(String path, BodyPublisher body) throws IOException {
    return send("POST", path, body, "Content-Type", "application/json");
  }

  /** Sends a request with more headers: names and values in turn. */
  Answer send(String method, String path, BodyPublisher body, String... more) throws IOException {
    URI target = path.startsWith("http") ? URI.create(path) : URI.create(base + path);
    HttpRequest.Builder request =
        HttpRequest.newBuilder(target).timeout(Duration.ofSeconds(60)).method(method, body);
    headers.forEach(request::header);
    for (int i = 0; i < more.length; i += 2) {
      request.header(more[i], more[i + 1]);
    }
    try {
      HttpResponse<String> response = HTTP.send(request.build(), BodyHandlers.ofString());
      return new Answer(response.statusCode(), response.headers(), response.body());
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  /** Calls an endpoint below {@code /_sim}. */
  JsonNode admin(String method, String path, String body) throws IOException {
    return parse(adminText(method, path, body));
  }

  String adminText(String method, String path, String body) throws IOException {
    return new WireClient(base.resolve("/_sim"), Map.of())
        .send(method, path, BodyPublishers.ofString(body))
        .body();
  }
}
