package dev.offpeak.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.offpeak.simulator.WireClient.Answer;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Anthropic's message batches over plain HTTP. */
final class AnthropicClient {
  static final String BATCHES = "/v1/messages/batches";

  private final WireClient wire;

  AnthropicClient(WireClient wire) {
    this.wire = wire;
  }

  static AnthropicClient of(Simulator simulator) {
    return of(simulator.rootUri());
  }

  static AnthropicClient of(URI root) {
    return of(root, Map.of("x-api-key", "sk-ant", "anthropic-version", "2023-06-01"));
  }

  static AnthropicClient of(URI root, Map<String, String> headers) {
    return new AnthropicClient(new WireClient(root, headers));
  }

  WireClient wire() {
    return wire;
  }

  static String params(String content) {
    return "{\"model\":\"claude-haiku-4-5\",\"max_tokens\":500,\"messages\":[{\"role\":\"user\",\"content\":\"%s\"}]}"
        .formatted(content);
  }

  static String request(String customId, String params) {
    return "{\"custom_id\":\"%s\",\"params\":%s}".formatted(customId, params);
  }

  static String body(String... requests) {
    return "{\"requests\":[" + String.join(",", requests) + "]}";
  }

  static String body(int requests) {
    return body(requests, "");
  }

  static String body(int requests, String padding) {
    return IntStream.range(0, requests)
        .mapToObj(i -> request("c" + i, params("question " + i + padding)))
        .collect(Collectors.joining(",", "{\"requests\":[", "]}"));
  }

  String created(String body) throws IOException {
    Answer answer = wire.post(BATCHES, body);
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    return answer.json().path("id").textValue();
  }

  JsonNode batch(String id) throws IOException {
    return wire.get(BATCHES + "/" + id).json();
  }

  JsonNode awaitEnded(String id) {
    return await()
        .atMost(Duration.ofMinutes(5))
        .pollInterval(Duration.ofMillis(20))
        .until(() -> batch(id), batch -> batch.path("processing_status").asText().equals("ended"));
  }

  Answer results(String id) {
    return await()
        .atMost(Duration.ofMinutes(5))
        .pollInterval(Duration.ofMillis(20))
        .until(() -> wire.get(BATCHES + "/" + id + "/results"), answer -> answer.status() == 200);
  }

  /** Runs requests from the create to their results. */
  List<JsonNode> ran(String body) throws IOException {
    String id = created(body);
    awaitEnded(id);
    return results(id).lines();
  }
}
