package dev.offpeak.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.offpeak.simulator.WireClient.Answer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Gemini's files and batches over plain HTTP. */
final class GeminiClient {
  static final String CREATE = "/v1beta/models/gemini-2.5-flash:batchGenerateContent";
  private static final String STATUS = "x-goog-upload-status";

  private final WireClient wire;

  GeminiClient(WireClient wire) {
    this.wire = wire;
  }

  static GeminiClient of(Simulator simulator) {
    return of(simulator.rootUri());
  }

  static GeminiClient of(URI root) {
    return of(root, "AIza-test");
  }

  static GeminiClient of(URI root, String key) {
    return new GeminiClient(new WireClient(root, Map.of("x-goog-api-key", key)));
  }

  WireClient wire() {
    return wire;
  }

  static String contents(String text) {
    return "{\"contents\":[{\"role\":\"user\",\"parts\":[{\"text\":\"%s\"}]}]}".formatted(text);
  }

  static String line(String key, String request) {
    return "{\"key\":\"%s\",\"request\":%s}\n".formatted(key, request);
  }

  static String lines(int count) {
    return lines(count, "");
  }

  static String lines(int count, String padding) {
    return IntStream.range(0, count)
        .mapToObj(i -> line("c" + i, contents("question " + i + padding)))
        .collect(Collectors.joining());
  }

  /** Begins an upload; the answer has its URL. */
  Answer start(String file, long length) throws IOException {
    return wire.send(
        "POST",
        "/upload/v1beta/files",
        BodyPublishers.ofString(file),
        "Content-Type",
        "application/json",
        "X-Goog-Upload-Protocol",
        "resumable",
        "X-Goog-Upload-Command",
        "start",
        "X-Goog-Upload-Header-Content-Length",
        Long.toString(length),
        "X-Goog-Upload-Header-Content-Type",
        "application/jsonl");
  }

  String session(String file, long length) throws IOException {
    Answer answer = start(file, length);
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    assertThat(answer.header(STATUS)).isEqualTo("active");
    return answer.header("x-goog-upload-url");
  }

  /** Sends a chunk to a session; that needs no key. */
  Answer chunk(String url, String command, long offset, BodyPublisher body) throws IOException {
    return new WireClient(wire.base(), Map.of())
        .send(
            "POST",
            url,
            body,
            "X-Goog-Upload-Command",
            command,
            "X-Goog-Upload-Offset",
            Long.toString(offset));
  }

  JsonNode uploadedFile(String displayName, String content) throws IOException {
    byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
    String url = session("{\"file\":{\"displayName\":\"" + displayName + "\"}}", bytes.length);
    Answer answer = chunk(url, "upload, finalize", 0, BodyPublishers.ofByteArray(bytes));
    assertThat(answer.header(STATUS)).as(answer.body()).isEqualTo("final");
    return answer.json().path("file");
  }

  String uploaded(String content) throws IOException {
    return uploadedFile("input", content).path("name").textValue();
  }

  static String fileOrder(String fileName) {
    return "{\"batch\":{\"displayName\":\"a batch\",\"inputConfig\":{\"fileName\":\"%s\"}}}"
        .formatted(fileName);
  }

  static String inlineOrder(String requests) {
    return "{\"batch\":{\"display_name\":\"a batch\",\"input_config\":{\"requests\":{\"requests\":[%s]}}}}"
        .formatted(requests);
  }

  String created(String path, String order) throws IOException {
    Answer answer = wire.post(path, order);
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    return answer.json().path("name").textValue();
  }

  String created(String order) throws IOException {
    return created(CREATE, order);
  }

  JsonNode operation(String name) throws IOException {
    return wire.get("/v1beta/" + name).json();
  }

  /** Waits until the batch is in a state, and when that is success, for its results. */
  JsonNode awaitState(String name, String state) {
    return await()
        .atMost(Duration.ofMinutes(5))
        .pollInterval(Duration.ofMillis(20))
        .until(
            () -> operation(name),
            operation ->
                operation.at("/metadata/state").asText().equals("BATCH_STATE_" + state)
                    && (!state.equals("SUCCEEDED") || operation.at("/response").size() > 1));
  }

  List<JsonNode> results(JsonNode operation) throws IOException {
    String file = operation.at("/response/responsesFile").textValue();
    return wire.get("/download/v1beta/" + file + ":download?alt=media").lines();
  }

  /** Runs a file from its upload to its results. */
  List<JsonNode> ran(String path, String content) throws IOException {
    return results(awaitState(created(path, fileOrder(uploaded(content))), "SUCCEEDED"));
  }
}
