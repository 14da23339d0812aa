package dev.offpeak.simulator;

import static dev.offpeak.simulator.AnthropicClient.BATCHES;
import static dev.offpeak.simulator.AnthropicClient.body;
import static dev.offpeak.simulator.AnthropicClient.params;
import static dev.offpeak.simulator.AnthropicClient.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.offpeak.simulator.WireClient.Answer;
import dev.offpeak.simulator.anthropic.rules.AnthropicRules;
import dev.offpeak.simulator.job.Pace;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AnthropicBatchIT {
  /** Time stands still but for what a test advances. */
  private static final Clock STILL =
      Clock.fixed(Instant.parse("2026-11-24T12:00:00Z"), ZoneOffset.UTC);

  private static final Pace TEN_HOURS =
      new Pace(Duration.ZERO, Duration.ofHours(10), Duration.ZERO, Duration.ofMinutes(2));

  private static Simulator slow(String rules) throws IOException {
    return Simulator.start(
        SimulatorConfig.defaults().withPace(TEN_HOURS).withAnthropic(AnthropicRules.read(rules)),
        STILL);
  }

  private static Simulator slow() throws IOException {
    return slow("quirks: {hidden_after_create_ms: 0, late_results_ms: 0}");
  }

  private static Map<String, Integer> types(Answer results) {
    Map<String, Integer> types = new TreeMap<>();
    results.lines().forEach(line -> types.merge(line.at("/result/type").asText(), 1, Integer::sum));
    return types;
  }

  private static void awaitExecuted(Simulator simulator, int lines) {
    await()
        .atMost(Duration.ofMinutes(5))
        .untilAsserted(
            () -> assertThat(simulator.ledger().summary().linesExecuted()).isEqualTo(lines));
  }

  @Test
  void countsMoveOnlyWhenTheWholeBatchHasEnded() throws IOException {
    try (Simulator simulator = slow()) {
      // Given
      AnthropicClient client = AnthropicClient.of(simulator);
      // When
      JsonNode created = client.wire().post(BATCHES, body(100)).json();
      String id = created.path("id").textValue();
      simulator.clock().advance(Duration.ofHours(5));
      awaitExecuted(simulator, 50);
      JsonNode running = client.batch(id);
      simulator.clock().advance(Duration.ofHours(5));
      JsonNode ended = client.awaitEnded(id);
      // Then
      assertThat(created.toString())
          .isEqualTo(
              """
              {"id":"%s","type":"message_batch","processing_status":"in_progress",\
              "request_counts":{"processing":100,"succeeded":0,"errored":0,"canceled":0,"expired":0},\
              "created_at":"2026-11-24T12:00:00.000000Z","expires_at":"2026-11-25T12:00:00.000000Z",\
              "ended_at":null,"cancel_initiated_at":null,"archived_at":null,"results_url":null}\
              """
                  .formatted(id));
      assertThat(id).startsWith("msgbatch_");
      assertThat(running).isEqualTo(created);
      assertThat(ended.at("/request_counts/processing").intValue()).isZero();
      assertThat(ended.at("/request_counts/succeeded").intValue()).isEqualTo(100);
      assertThat(ended.path("ended_at").textValue()).isEqualTo("2026-11-24T22:00:00.000000Z");
      String url = ended.path("results_url").textValue();
      assertThat(url).isEqualTo(simulator.rootUri() + BATCHES + "/" + id + "/results");
      Answer results = client.wire().get(url);
      assertThat(results.header("content-type")).isEqualTo("application/x-jsonl");
      assertThat(types(results)).isEqualTo(Map.of("succeeded", 100));
      assertThat(results.lines())
          .extracting(line -> line.path("custom_id").textValue())
          .doesNotHaveDuplicates()
          .isNotEqualTo(IntStream.range(0, 100).mapToObj(i -> "c" + i).toList());
    }
  }

  @Test
  void aMessageHasItsModelUsageAndTier() throws IOException {
    try (Simulator simulator = Simulator.start(SimulatorConfig.defaults())) {
      // Given
      AnthropicClient client = AnthropicClient.of(simulator);
      String cached =
          "{\"model\":\"claude-opus-5\",\"max_tokens\":9,\"system\":[{\"type\":\"text\",\"text\":\"%s\",\"cache_control\":{\"type\":\"ephemeral\",\"ttl\":\"1h\"}}],\"messages\":[{\"role\":\"user\",\"content\":\"Why?"
              + " %s\"}]}";
      List<String> requests = new ArrayList<>(List.of(request("plain", params("Why?"))));
      for (int i = 0; i < 9; i++) {
        requests.add(request("cached-" + i, cached.formatted("word ".repeat(2000), i)));
      }
      // When
      Map<String, JsonNode> messages = new TreeMap<>();
      for (JsonNode line : client.ran(body(requests.toArray(String[]::new)))) {
        messages.put(line.path("custom_id").textValue(), line.at("/result/message"));
      }
      // Then
      JsonNode plain = messages.remove("plain");
      assertThat(plain.path("id").textValue()).startsWith("msg_");
      assertThat(plain.path("role").textValue()).isEqualTo("assistant");
      assertThat(plain.path("model").textValue()).isEqualTo("claude-haiku-4-5");
      assertThat(plain.at("/content/0/text").textValue()).startsWith("Simulated answer to: Why?");
      assertThat(plain.path("stop_reason").textValue()).isEqualTo("end_turn");
      assertThat(plain.at("/usage/service_tier").textValue()).isEqualTo("batch");
      assertThat(plain.at("/usage/cache_read_input_tokens").longValue()).isZero();
      long reads = 0;
      long writes = 0;
      for (JsonNode message : messages.values()) {
        JsonNode usage = message.path("usage");
        assertThat(message.path("model").textValue()).isEqualTo("claude-opus-5");
        assertThat(message.path("stop_reason").textValue()).isEqualTo("max_tokens");
        assertThat(usage.path("output_tokens").longValue()).isEqualTo(9);
        assertThat(usage.at("/cache_creation/ephemeral_1h_input_tokens"))
            .isEqualTo(usage.path("cache_creation_input_tokens"));
        reads += usage.path("cache_read_input_tokens").longValue();
        writes += usage.path("cache_creation_input_tokens").longValue();
      }
      assertThat(reads).isPositive();
      assertThat(writes).isPositive();
      JsonNode summary = client.wire().admin("GET", "/ledger/summary", "");
      JsonNode opus = summary.at("/by_model/claude-opus-5");
      assertThat(opus.path("cached_tokens").longValue()).isEqualTo(reads);
      assertThat(opus.path("cache_write_tokens").longValue()).isEqualTo(writes);
    }
  }

  @Test
  void whatIsNotDoneAfterADayExpiresAndIsNotBilled() throws IOException {
    try (Simulator simulator = slow()) {
      // Given
      AnthropicClient client = AnthropicClient.of(simulator);
      String id = client.created(body(100));
      simulator.clock().advance(Duration.ofHours(3));
      awaitExecuted(simulator, 30);
      // When
      simulator.clock().advance(Duration.ofHours(21));
      JsonNode batch = client.awaitEnded(id);
      // Then
      assertThat(batch.at("/request_counts/succeeded").intValue()).isEqualTo(30);
      assertThat(batch.at("/request_counts/expired").intValue()).isEqualTo(70);
      assertThat(types(client.results(id))).isEqualTo(Map.of("expired", 70, "succeeded", 30));
      assertThat(simulator.ledger().summary().linesBilled()).isEqualTo(30);
    }
  }

  @Test
  void aCancelKeepsWhatIsDone() throws IOException {
    try (Simulator simulator = slow()) {
      // Given
      AnthropicClient client = AnthropicClient.of(simulator);
      String id = client.created(body(100));
      simulator.clock().advance(Duration.ofHours(9));
      awaitExecuted(simulator, 90);
      // When
      Answer early = client.wire().delete(BATCHES + "/" + id);
      JsonNode canceling = client.wire().post(BATCHES + "/" + id + "/cancel", "").json();
      simulator.clock().advance(Duration.ofMinutes(2));
      JsonNode batch = client.awaitEnded(id);
      Answer late = client.wire().post(BATCHES + "/" + id + "/cancel", "");
      // Then
      assertThat(early.status()).isEqualTo(400);
      assertThat(canceling.path("processing_status").textValue()).isEqualTo("canceling");
      assertThat(canceling.path("cancel_initiated_at").textValue()).startsWith("2026-11-24T21:00");
      assertThat(canceling.at("/request_counts/processing").intValue()).isEqualTo(100);
      assertThat(batch.at("/request_counts/canceled").intValue()).isEqualTo(10);
      assertThat(types(client.results(id))).isEqualTo(Map.of("canceled", 10, "succeeded", 90));
      assertThat(late.status()).isEqualTo(400);
    }
  }

  @Test
  void aBatchThatHasEndedCanBeDeleted() throws IOException {
    try (Simulator simulator = Simulator.start(SimulatorConfig.defaults())) {
      // Given
      AnthropicClient client = AnthropicClient.of(simulator);
      String id = client.created(body(3));
      client.awaitEnded(id);
      client.results(id);
      // When
      Answer deleted = client.wire().delete(BATCHES + "/" + id);
      // Then
      assertThat(deleted.body())
          .isEqualTo("{\"id\":\"%s\",\"type\":\"message_batch_deleted\"}".formatted(id));
      assertThat(client.wire().get(BATCHES + "/" + id).status()).isEqualTo(404);
      assertThat(client.wire().get(BATCHES + "/" + id + "/results").status()).isEqualTo(404);
      assertThat(client.wire().get(BATCHES).json().path("data")).isEmpty();
    }
  }

  @Test
  void resultsAreKeptForTwentyNineDaysFromTheCreation() throws IOException {
    try (Simulator simulator = slow()) {
      // Given
      AnthropicClient client = AnthropicClient.of(simulator);
      String id = client.created(body(3));
      simulator.clock().advance(Duration.ofHours(11));
      client.awaitEnded(id);
      // When
      simulator.clock().advance(Duration.ofDays(29).minusHours(12));
      Answer kept = client.wire().get(BATCHES + "/" + id + "/results");
      simulator.clock().advance(Duration.ofHours(1));
      // Then
      assertThat(kept.status()).isEqualTo(200);
      JsonNode batch = client.batch(id);
      assertThat(batch.path("archived_at").textValue()).isEqualTo("2026-12-23T12:00:00.000000Z");
      assertThat(batch.path("results_url").isNull()).isTrue();
      assertThat(batch.at("/request_counts/succeeded").intValue()).isEqualTo(3);
      assertThat(client.wire().get(BATCHES + "/" + id + "/results").status()).isEqualTo(404);
    }
  }

  @Test
  void aFreshBatchAndFreshResultsAreNotFoundForAMoment() throws IOException {
    try (Simulator simulator =
        slow("quirks: {hidden_after_create_ms: 60000, late_results_ms: 60000}")) {
      // Given
      AnthropicClient client = AnthropicClient.of(simulator);
      String id = client.created(body(3));
      // When
      Answer fresh = client.wire().get(BATCHES + "/" + id);
      JsonNode listed = client.wire().get(BATCHES).json();
      simulator.clock().advance(Duration.ofHours(11));
      client.awaitEnded(id);
      Answer early = client.wire().get(BATCHES + "/" + id + "/results");
      simulator.clock().advance(Duration.ofMinutes(1));
      // Then
      assertThat(fresh.status()).isEqualTo(404);
      assertThat(listed.path("data")).hasSize(1);
      assertThat(early.status()).isEqualTo(404);
      assertThat(client.results(id).lines()).hasSize(3);
    }
  }

  @Test
  void listsInBothDirections() throws IOException {
    try (Simulator simulator = slow()) {
      // Given
      AnthropicClient client = AnthropicClient.of(simulator);
      List<String> ids = new ArrayList<>();
      for (int i = 0; i < 5; i++) {
        ids.addFirst(client.created(body(1)));
      }
      // When
      JsonNode first = client.wire().get(BATCHES + "?limit=2").json();
      JsonNode second = client.wire().get(BATCHES + "?limit=2&after_id=" + ids.get(1)).json();
      JsonNode last = client.wire().get(BATCHES + "?limit=2&after_id=" + ids.get(3)).json();
      JsonNode back = client.wire().get(BATCHES + "?limit=2&before_id=" + ids.get(3)).json();
      JsonNode start = client.wire().get(BATCHES + "?limit=2&before_id=" + ids.get(1)).json();
      // Then
      assertThat(ids(first)).isEqualTo(ids.subList(0, 2));
      assertThat(first.path("has_more").booleanValue()).isTrue();
      assertThat(first.path("last_id").textValue()).isEqualTo(ids.get(1));
      assertThat(ids(second)).isEqualTo(ids.subList(2, 4));
      assertThat(ids(last)).isEqualTo(ids.subList(4, 5));
      assertThat(last.path("has_more").booleanValue()).isFalse();
      assertThat(ids(back)).isEqualTo(ids.subList(1, 3));
      assertThat(back.path("has_more").booleanValue()).isTrue();
      assertThat(ids(start)).isEqualTo(ids.subList(0, 1));
      assertThat(client.wire().get(BATCHES + "?limit=1001").status()).isEqualTo(400);
      assertThat(client.wire().get(BATCHES + "?after_id=none").status()).isEqualTo(400);
      Answer elsewhere =
          AnthropicClient.of(
                  simulator.rootUri(),
                  Map.of(
                      "x-api-key", "sk-ant",
                      "anthropic-version", "2023-06-01",
                      "anthropic-workspace-id", "w2"))
              .wire()
              .get(BATCHES);
      assertThat(elsewhere.body())
          .isEqualTo("{\"data\":[],\"first_id\":null,\"last_id\":null,\"has_more\":false}");
    }
  }

  private static List<String> ids(JsonNode page) {
    List<String> ids = new ArrayList<>();
    page.path("data").forEach(batch -> ids.add(batch.path("id").textValue()));
    return ids;
  }

  @Test
  void aFullQueueAndTooManyCallsAreRateLimited() throws IOException {
    try (Simulator simulator =
        slow(
            "{limits: {queued_requests: 10, requests_per_minute: 4}, quirks:"
                + " {hidden_after_create_ms: 0}}")) {
      // Given
      AnthropicClient client = AnthropicClient.of(simulator);
      client.created(body(8));
      // When
      Answer full = client.wire().post(BATCHES, body(3));
      simulator.clock().advance(Duration.ofHours(5));
      awaitExecuted(simulator, 4);
      client.created(body(3));
      client.wire().get(BATCHES);
      client.wire().get(BATCHES);
      client.wire().get(BATCHES);
      Answer often = client.wire().get(BATCHES);
      // Then
      assertThat(full.status()).isEqualTo(429);
      assertThat(full.error().path("type").textValue()).isEqualTo("rate_limit_error");
      assertThat(full.header("retry-after")).isEqualTo("60");
      assertThat(often.status()).isEqualTo(429);
      assertThat(Integer.parseInt(often.header("retry-after"))).isBetween(1, 60);
    }
  }

  @Test
  void aSynchronousMessageIsAnsweredAtOnceAtTheFullPrice() throws IOException {
    try (Simulator simulator = Simulator.start(SimulatorConfig.defaults())) {
      // Given
      AnthropicClient client = AnthropicClient.of(simulator);
      // When
      Answer answer = client.wire().post("/v1/messages", params("Why?"));
      Answer refused = client.wire().post("/v1/messages", "{\"model\":\"claude-haiku-4-5\"}");
      // Then
      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.json().at("/usage/service_tier").textValue()).isEqualTo("standard");
      assertThat(refused.status()).isEqualTo(400);
      assertThat(refused.error().path("message").textValue())
          .isEqualTo("max_tokens: Field required");
      assertThat(refused.json().path("request_id").textValue())
          .isEqualTo(refused.header("request-id"));
      assertThat(simulator.ledger().summary().syncCalls()).isEqualTo(2);
      assertThat(simulator.ledger().summary().linesBilled()).isEqualTo(1);
    }
  }
}
