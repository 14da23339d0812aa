package dev.offpeak.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.FileNotFoundException;
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
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** A client that knows nothing but HTTP, so that tests see what is on the wire. */
final class OpenAiClient {
  static final ObjectMapper MAPPER = new ObjectMapper();
  private static final String BOUNDARY = "a-boundary";

  private final HttpClient http = HttpClient.newHttpClient();
  private final URI base;
  private final String key;

  OpenAiClient(URI base, String key) {
    this.base = base;
    this.key = key;
  }

  static OpenAiClient of(Simulator simulator) {
    return new OpenAiClient(simulator.baseUri(), "sk-test");
  }

  /** What came back. */
  record Answer(int status, HttpHeaders headers, String body) {
    JsonNode json() {
      return parse(body);
    }

    JsonNode error() {
      return json().path("error");
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
    return send("GET", path, null, BodyPublishers.noBody());
  }

  Answer delete(String path) throws IOException {
    return send("DELETE", path, null, BodyPublishers.noBody());
  }

  Answer post(String path, String json) throws IOException {
    return send("POST", path, "application/json", BodyPublishers.ofString(json));
  }

  Answer send(String method, String path, String contentType, BodyPublisher body)
      throws IOException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(base + path))
            .timeout(Duration.ofSeconds(30))
            .header("Authorization", "Bearer " + key)
            .method(method, body);
    if (contentType != null) {
      request.header("Content-Type", contentType);
    }
    try {
      HttpResponse<String> response = http.send(request.build(), BodyHandlers.ofString());
      return new Answer(response.statusCode(), response.headers(), response.body());
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  private static String field(String name, String value) {
    return "--%s\r\nContent-Disposition: form-data; name=\"%s\"\r\n\r\n%s\r\n"
        .formatted(BOUNDARY, name, value);
  }

  /** Uploads with the purpose behind the file, as some SDKs do. */
  Answer upload(BodyPublisher content, String purpose, String... moreFields) throws IOException {
    StringBuilder before = new StringBuilder();
    for (int i = 0; i < moreFields.length; i += 2) {
      before.append(field(moreFields[i], moreFields[i + 1]));
    }
    before
        .append("--" + BOUNDARY)
        .append("\r\nContent-Disposition: form-data; name=\"file\"; filename=\"in put.jsonl\"")
        .append("\r\nContent-Type: application/jsonl\r\n\r\n");
    String after = "\r\n" + field("purpose", purpose) + "--" + BOUNDARY + "--\r\n";
    return send(
        "POST",
        "/files",
        "multipart/form-data; boundary=\"" + BOUNDARY + "\"",
        BodyPublishers.concat(
            BodyPublishers.ofString(before.toString()), content, BodyPublishers.ofString(after)));
  }

  String uploaded(String content) throws IOException {
    Answer answer = upload(BodyPublishers.ofString(content), "batch");
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    return answer.json().path("id").textValue();
  }

  String uploaded(Path content) throws IOException {
    return upload(file(content), "batch").json().path("id").textValue();
  }

  private static BodyPublisher file(Path content) throws FileNotFoundException {
    return BodyPublishers.ofFile(content);
  }

  static String order(String fileId, String endpoint) {
    return "{\"input_file_id\":\"%s\",\"endpoint\":\"%s\",\"completion_window\":\"24h\"}"
        .formatted(fileId, endpoint);
  }

  String created(String fileId) throws IOException {
    return created(fileId, "/v1/chat/completions");
  }

  String created(String fileId, String endpoint) throws IOException {
    Answer answer = post("/batches", order(fileId, endpoint));
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    return answer.json().path("id").textValue();
  }

  JsonNode batch(String id) throws IOException {
    return get("/batches/" + id).json();
  }

  /** Waits until the batch has that status, and, when it ended with results, its files. */
  JsonNode awaitStatus(String id, String status) {
    return await()
        .atMost(Duration.ofSeconds(30))
        .pollInterval(Duration.ofMillis(10))
        .until(
            () -> batch(id),
            batch ->
                batch.path("status").asText().equals(status)
                    && (!status.equals("completed") || hasFiles(batch)));
  }

  private static boolean hasFiles(JsonNode batch) {
    return !batch.path("output_file_id").isNull() || !batch.path("error_file_id").isNull();
  }

  /** Runs a file from upload to the end. */
  JsonNode ran(String content, String endpoint) throws IOException {
    return awaitStatus(created(uploaded(content), endpoint), "completed");
  }

  List<JsonNode> lines(JsonNode fileId) throws IOException {
    String body = get("/files/" + fileId.textValue() + "/content").body();
    return body.lines().map(OpenAiClient::parse).toList();
  }

  /** Calls an endpoint below {@code /_sim}. */
  JsonNode admin(String method, String path, String body) throws IOException {
    return parse(adminText(method, path, body));
  }

  String adminText(String method, String path, String body) throws IOException {
    return new OpenAiClient(base.resolve("/_sim"), key)
        .send(method, path, "application/json", BodyPublishers.ofString(body))
        .body();
  }
}
