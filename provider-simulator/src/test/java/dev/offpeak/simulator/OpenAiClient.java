package dev.offpeak.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.offpeak.simulator.WireClient.Answer;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** OpenAI's files and batches over plain HTTP. */
final class OpenAiClient {
  private static final String BOUNDARY = "a-boundary";

  private final WireClient wire;

  OpenAiClient(URI base, String key) {
    this.wire = new WireClient(base, Map.of("Authorization", "Bearer " + key));
  }

  static OpenAiClient of(Simulator simulator) {
    return new OpenAiClient(simulator.baseUri(), "sk-test");
  }

  WireClient wire() {
    return wire;
  }

  Answer get(String path) throws IOException {
    return wire.get(path);
  }

  Answer delete(String path) throws IOException {
    return wire.delete(path);
  }

  Answer post(String path, String json) throws IOException {
    return wire.post(path, json);
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
    return wire.send(
        "POST",
        "/files",
        BodyPublishers.concat(
            BodyPublishers.ofString(before.toString()), content, BodyPublishers.ofString(after)),
        "Content-Type",
        "multipart/form-data; boundary=\"" + BOUNDARY + "\"");
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
        .atMost(Duration.ofMinutes(5))
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
    return get("/files/" + fileId.textValue() + "/content").lines();
  }

  /** Calls an endpoint below {@code /_sim}. */
  JsonNode admin(String method, String path, String body) throws IOException {
    return wire.admin(method, path, body);
  }

  String adminText(String method, String path, String body) throws IOException {
    return wire.adminText(method, path, body);
  }
}
