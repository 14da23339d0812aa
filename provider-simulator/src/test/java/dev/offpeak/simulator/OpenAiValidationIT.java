package dev.offpeak.simulator;

import static dev.offpeak.simulator.Lines.chat;
import static dev.offpeak.simulator.Lines.chats;
import static dev.offpeak.simulator.Lines.line;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.JsonNode;
import dev.offpeak.simulator.WireClient.Answer;
import dev.offpeak.simulator.openai.rules.OpenAiRulesJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class OpenAiValidationIT {
  private static final String CHAT = "/v1/chat/completions";
  private static final String EMBEDDINGS = "/v1/embeddings";
  private static final String RULES =
      """
      {"limits": {"max_requests": 20, "max_embedding_inputs": 3, "max_line_bytes": 100000,
                  "enqueued_tokens": {"scarce": 50}, "models": ["gpt-4o-mini", "other", "scarce"]},
       "code_names": {"invalid_url": "mismatched_endpoint"}}
      """;

  private static Simulator simulator;
  private static OpenAiClient client;

  @BeforeAll
  static void start() throws IOException {
    simulator =
        Simulator.start(
            SimulatorConfig.defaults()
                .withOpenAi(OpenAiRulesJson.read(RULES.getBytes(StandardCharsets.UTF_8))));
    client = OpenAiClient.of(simulator);
  }

  @AfterAll
  static void stop() throws IOException {
    simulator.close();
  }

  static Stream<Arguments> badFiles() {
    String good = chat("good", "hello");
    String body = "{\"model\":\"gpt-4o-mini\",\"messages\":[]}";
    String inputs = "{\"model\":\"gpt-4o-mini\",\"input\":[\"a\",\"b\"]}";
    return Stream.of(
        arguments(CHAT, good + "{\"custom_id\":\n", "invalid_json_line", null, 2),
        arguments(CHAT, good + "\n" + good, "invalid_json_line", null, 2),
        arguments(CHAT, "[1]\n", "invalid_json_line", null, 1),
        arguments(CHAT, good.strip() + "{}\n", "invalid_json_line", null, 1),
        arguments(CHAT, good + "x".repeat(300_000), "invalid_json_line", null, 2),
        arguments(CHAT, "{}\n", "missing_required_parameter", "custom_id", 1),
        arguments(
            CHAT,
            good + line("b", CHAT, "{\"model\":\"gpt-4o-mini\"}"),
            "missing_required_parameter",
            "body.messages",
            2),
        arguments(
            CHAT,
            line("a", CHAT, "{\"messages\":[]}"),
            "missing_required_parameter",
            "body.model",
            1),
        arguments(
            EMBEDDINGS,
            line("a", EMBEDDINGS, "{\"model\":\"gpt-4o-mini\"}"),
            "missing_required_parameter",
            "body.input",
            1),
        arguments(CHAT, line("a", CHAT, "null"), "missing_required_parameter", "body", 1),
        arguments(
            CHAT,
            good + line("b", CHAT, body.replace("gpt-4o-mini", "other")),
            "mismatched_model",
            "body.model",
            2),
        arguments(
            CHAT,
            line("b", CHAT, body.replace("gpt-4o-mini", "gpt-0")),
            "model_not_found",
            "body.model",
            1),
        arguments(CHAT, good + chat("b", "x") + good, "duplicate_custom_id", "custom_id", 3),
        arguments(CHAT, chat("i".repeat(65), "x"), "invalid_custom_id", "custom_id", 1),
        arguments(CHAT, line("a", "/v1/responses", body), "mismatched_endpoint", "url", 1),
        arguments(CHAT, good.replace("POST", "GET"), "invalid_method", "method", 1),
        arguments(
            CHAT,
            line("a", CHAT, body.replace("[]", "[],\"stream\":true")),
            "unsupported_parameter",
            "body.stream",
            1),
        arguments(CHAT, "", "empty_file", null, null),
        arguments(CHAT, chats(21), "too_many_tasks", null, null),
        arguments(
            EMBEDDINGS,
            line("a", EMBEDDINGS, inputs) + line("b", EMBEDDINGS, inputs),
            "too_many_tasks",
            null,
            null),
        arguments(
            CHAT,
            line("a", CHAT, body.replace("gpt-4o-mini", "scarce").replace("[]", longText())),
            "token_limit_exceeded",
            null,
            null));
  }

  private static String longText() {
    return "[{\"role\":\"user\",\"content\":\"" + "word ".repeat(100) + "\"}]";
  }

  @ParameterizedTest
  @MethodSource("badFiles")
  void oneBadLineFailsTheWholeBatchAndIsNamed(
      String endpoint, String content, String code, String param, Integer line) throws IOException {
    // Given
    String batchId = client.created(client.uploaded(content), endpoint);
    // When
    JsonNode batch = client.awaitStatus(batchId, "failed");
    // Then
    assertThat(batch.at("/errors/object").textValue()).isEqualTo("list");
    JsonNode error = batch.at("/errors/data/0");
    assertThat(error.path("code").textValue()).isEqualTo(code);
    assertThat(error.path("param").textValue()).isEqualTo(param);
    assertThat(error.path("line").isNull() ? null : error.path("line").intValue()).isEqualTo(line);
    assertThat(error.path("message").textValue()).isNotBlank();
    assertThat(batch.path("failed_at").isIntegralNumber()).isTrue();
    assertThat(batch.path("request_counts").toString())
        .isEqualTo("{\"total\":0,\"completed\":0,\"failed\":0}");
    assertThat(batch.path("output_file_id").isNull()).isTrue();
    assertThat(batch.path("error_file_id").isNull()).isTrue();
    assertThat(client.adminText("GET", "/ledger?job=" + batchId, "")).isEmpty();
  }

  @Test
  void everyBadLineIsNamed() throws IOException {
    // Given
    String content = "no\n" + chat("a", "x") + chat("a", "y") + "no\n";
    // When
    JsonNode batch = client.awaitStatus(client.created(client.uploaded(content)), "failed");
    // Then
    assertThat(batch.at("/errors/data").findValuesAsText("line")).containsExactly("1", "3", "4");
  }

  @Test
  void anUnknownFileIsReportedOnlyAfterTheCreateSucceeded() throws IOException {
    // Given
    String fileId = client.uploaded(chats(1));
    client.delete("/files/" + fileId);
    // When
    JsonNode batch = client.awaitStatus(client.created(fileId), "failed");
    // Then
    JsonNode error = batch.at("/errors/data/0");
    assertThat(error.path("code").textValue()).isEqualTo("invalid_request");
    assertThat(error.path("param").textValue()).isEqualTo("file_id");
    assertThat(error.path("message").textValue()).startsWith("Cannot find file " + fileId);
  }

  @Test
  void theQueueOfAModelIsFreeAgainWhenABatchHasEnded() throws IOException {
    // Given
    String body = "{\"model\":\"scarce\",\"messages\":\"" + "word ".repeat(30) + "\"}";
    String fileId = client.uploaded(line("a", CHAT, body));
    client.admin("POST", "/faults", stuckOnce());
    String first = client.created(fileId);
    client.awaitStatus(first, "in_progress");
    // When
    JsonNode second = client.awaitStatus(client.created(fileId), "failed");
    client.post("/batches/" + first + "/cancel", "");
    client.awaitStatus(first, "cancelled");
    JsonNode third = client.awaitStatus(client.created(fileId), "completed");
    // Then
    assertThat(second.at("/errors/data/0/message").textValue())
        .startsWith("Enqueued token limit reached for scarce in organization org-")
        .contains("Limit: 50 enqueued tokens");
    assertThat(third.at("/request_counts/completed").intValue()).isEqualTo(1);
  }

  private static String stuckOnce() {
    return "{\"match\":{\"call\":\"create_batch\",\"nth\":1},\"do\":{\"job\":{\"stuck\":\"in_progress\"}}}";
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "{}; endpoint; missing_required_parameter",
        "{\"endpoint\":\"/v1/chat/completions\"}; completion_window; missing_required_parameter",
        "{\"endpoint\":\"/v1/x\"}; endpoint; invalid_value",
        "{\"color\":1}; color; unknown_parameter",
        "{\"input_file_id\":\"f\",\"endpoint\":\"/v1/responses\",\"completion_window\":\"1h\"};"
            + " completion_window; invalid_value",
        "{\"input_file_id\":7,\"endpoint\":\"/v1/responses\",\"completion_window\":\"24h\"};"
            + " input_file_id; invalid_type",
        "{\"input_file_id\":\"f\",\"endpoint\":\"/v1/responses\",\"completion_window\":\"24h\","
            + "\"metadata\":{\"a\":1}}; metadata.a; invalid_type",
        "{\"input_file_id\":\"f\",\"endpoint\":\"/v1/responses\",\"completion_window\":\"24h\","
            + "\"output_expires_after\":{\"anchor\":\"created_at\",\"seconds\":5}};"
            + " output_expires_after.seconds; invalid_value",
        "not json; ; "
      })
  void aCreateThatIsWrongInItselfIsRefusedAtOnce(String body, String param, String code)
      throws IOException {
    // When
    Answer answer = client.post("/batches", body);
    // Then
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.error().path("type").textValue()).isEqualTo("invalid_request_error");
    assertThat(answer.error().path("param").textValue()).isEqualTo(param);
    assertThat(answer.error().path("code").textValue()).isEqualTo(code);
  }

  @Test
  void metadataHasItsLimits() throws IOException {
    // Given
    String order =
        "{\"input_file_id\":\"f\",\"endpoint\":\"%s\",\"completion_window\":\"24h\",\"metadata\":{%s}}";
    String most =
        String.join(",", IntStream.range(0, 16).mapToObj(i -> "\"k" + i + "\":\"v\"").toList());
    // When
    List<Integer> statuses =
        List.of(
            client.post("/batches", order.formatted(CHAT, most)).status(),
            client.post("/batches", order.formatted(CHAT, most + ",\"k\":\"v\"")).status(),
            client
                .post("/batches", order.formatted(CHAT, "\"k\":\"" + "v".repeat(513) + "\""))
                .status());
    // Then
    assertThat(statuses).containsExactly(200, 400, 400);
  }

  @Test
  void createsAreLimitedByTheHour() throws IOException {
    // Given
    byte[] rules = "{\"limits\":{\"creates_per_hour\":1}}".getBytes(StandardCharsets.UTF_8);
    SimulatorConfig config = SimulatorConfig.defaults().withOpenAi(OpenAiRulesJson.read(rules));
    try (Simulator limited = Simulator.start(config)) {
      OpenAiClient its = OpenAiClient.of(limited);
      its.created("file-a");
      // When
      Answer second = its.post("/batches", OpenAiClient.order("file-a", CHAT));
      limited.clock().advance(Duration.ofHours(1));
      Answer later = its.post("/batches", OpenAiClient.order("file-a", CHAT));
      // Then
      assertThat(second.status()).isEqualTo(429);
      assertThat(second.error().path("code").textValue()).isEqualTo("rate_limit_exceeded");
      assertThat(Long.parseLong(second.headers().firstValue("retry-after").orElseThrow()))
          .isBetween(3590L, 3600L);
      assertThat(later.status()).isEqualTo(200);
    }
  }
}
