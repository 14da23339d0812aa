package dev.offpeak.simulator;

import static dev.offpeak.simulator.GeminiClient.CREATE;
import static dev.offpeak.simulator.GeminiClient.contents;
import static dev.offpeak.simulator.GeminiClient.fileOrder;
import static dev.offpeak.simulator.GeminiClient.inlineOrder;
import static dev.offpeak.simulator.GeminiClient.line;
import static dev.offpeak.simulator.GeminiClient.lines;
import static dev.offpeak.simulator.StillGemini.slow;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.offpeak.simulator.WireClient.Answer;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GeminiBatchIT {
  private static final String EMBED = "/v1beta/models/gemini-embedding-001:asyncBatchEmbedContent";

  private static void awaitExecuted(Simulator simulator, int lines) {
    await()
        .atMost(Duration.ofMinutes(5))
        .untilAsserted(
            () -> assertThat(simulator.ledger().summary().linesExecuted()).isEqualTo(lines));
  }

  @Test
  void anOperationIsSpelledAsTheRealOne() throws IOException {
    try (Simulator simulator = slow()) {
      // Given
      GeminiClient client = GeminiClient.of(simulator);
      String file = client.uploaded(lines(9));
      // When
      JsonNode created = client.wire().post(CREATE, fileOrder(file)).json();
      String name = created.path("name").textValue();
      simulator.clock().advance(Duration.ofMinutes(5));
      client.awaitState(name, "RUNNING");
      simulator.clock().advance(Duration.ofHours(5));
      awaitExecuted(simulator, 4);
      JsonNode running =
          await()
              .atMost(Duration.ofMinutes(5))
              .until(() -> client.operation(name), o -> o.at("/metadata/batchStats").size() == 3);
      simulator.clock().advance(Duration.ofHours(5));
      JsonNode succeeded = client.awaitState(name, "SUCCEEDED");
      // Then
      assertThat(name).matches("batches/[a-z0-9]{36}");
      String common =
          """
          {"name":"%s","metadata":{"@type":"type.googleapis.com/google.ai.generativelanguage.v1main.GenerateContentBatch",\
          "model":"models/gemini-2.5-flash","displayName":"a batch","inputConfig":{"fileName":"%s"},\
          """
              .formatted(name, file)
              .strip();
      assertThat(created.toString())
          .isEqualTo(
              common
                  + """
                  "createTime":"2026-11-24T12:00:00.000000Z","updateTime":"2026-11-24T12:00:00.000000Z",\
                  "batchStats":{},"state":"BATCH_STATE_PENDING","name":"%s"}}\
                  """
                      .formatted(name));
      assertThat(running.at("/metadata/batchStats").toString())
          .isEqualTo(
              "{\"requestCount\":\"9\",\"pendingRequestCount\":\"5\",\"successfulRequestCount\":\"4\"}");
      assertThat(running.has("done")).isFalse();
      String results = "files/batch-" + name.substring("batches/".length());
      assertThat(succeeded.path("done").booleanValue()).isTrue();
      assertThat(succeeded.at("/metadata/endTime").textValue()).startsWith("2026-11-24T22:05:00");
      assertThat(succeeded.at("/metadata/output/responsesFile").textValue()).isEqualTo(results);
      assertThat(succeeded.path("response").toString())
          .isEqualTo(
              """
              {"@type":"type.googleapis.com/google.ai.generativelanguage.v1main.GenerateContentBatchOutput",\
              "responsesFile":"%s"}\
              """
                  .formatted(results));
      JsonNode resultFile = client.operation(results);
      assertThat(resultFile.path("source").textValue()).isEqualTo("GENERATED");
      assertThat(resultFile.path("downloadUri").textValue()).endsWith(":download?alt=media");
      List<String> keys =
          client.results(succeeded).stream().map(l -> l.path("key").textValue()).toList();
      assertThat(keys)
          .containsExactlyInAnyOrderElementsOf(
              IntStream.range(0, 9).mapToObj(i -> "c" + i).toList())
          .isNotEqualTo(keys.stream().sorted().toList());
    }
  }

  @Test
  void aResponseHasItsContentAndUsage() throws IOException {
    try (Simulator simulator = Simulator.start(SimulatorConfig.defaults())) {
      // Given
      GeminiClient client = GeminiClient.of(simulator);
      String cached =
          contents("Why?")
              .replace("{\"contents", "{\"cachedContent\":\"cachedContents/a\",\"contents");
      String limited =
          contents("Why?")
              .replace(
                  "{\"contents",
                  "{\"generation_config\":{\"max_output_tokens\":5,\"thinkingConfig\":{\"thinkingBudget\":0},\"responseMimeType\":\"application/json\"},\"contents");
      // When
      Map<String, JsonNode> lines = new TreeMap<>();
      for (JsonNode line :
          client.ran(
              CREATE,
              line("plain", contents("Why?"))
                  + line("cached", cached)
                  + line("limited", limited)
                  + line("bad", "{}")
                  + line(
                      "misplaced",
                      contents("x").replace("{\"contents", "{\"thinking_config\":{},\"contents"))
                  + line("cancelled", contents("[sim:fail=0]"))
                  + line("overloaded", contents("[sim:fail=503]")))) {
        lines.put(line.path("key").textValue(), line);
      }
      // Then
      JsonNode plain = lines.get("plain").path("response");
      assertThat(plain.at("/candidates/0/content/parts/0/text").textValue())
          .startsWith("Simulated answer to: Why?");
      assertThat(plain.at("/candidates/0/finishReason").textValue()).isEqualTo("STOP");
      assertThat(plain.path("modelVersion").textValue()).isEqualTo("gemini-2.5-flash");
      assertThat(plain.path("responseId").textValue()).isNotBlank();
      JsonNode usage = plain.path("usageMetadata");
      assertThat(usage.path("totalTokenCount").longValue())
          .isEqualTo(
              usage.path("promptTokenCount").longValue()
                  + usage.path("candidatesTokenCount").longValue()
                  + usage.path("thoughtsTokenCount").longValue());
      assertThat(usage.path("thoughtsTokenCount").longValue()).isPositive();
      assertThat(usage.has("cachedContentTokenCount")).isFalse();
      JsonNode cachedUsage = lines.get("cached").at("/response/usageMetadata");
      long cachedTokens = cachedUsage.path("cachedContentTokenCount").longValue();
      assertThat(cachedTokens).isGreaterThanOrEqualTo(1024);
      assertThat(cachedUsage.path("promptTokenCount").longValue()).isGreaterThan(cachedTokens);
      JsonNode cut = lines.get("limited").path("response");
      assertThat(cut.at("/candidates/0/finishReason").textValue()).isEqualTo("MAX_TOKENS");
      assertThat(cut.at("/usageMetadata/candidatesTokenCount").longValue()).isEqualTo(5);
      assertThat(cut.at("/candidates/0/content/parts/0/text").textValue()).startsWith("{");
      assertThat(lines.get("bad").at("/error/code").intValue()).isEqualTo(3);
      assertThat(lines.get("misplaced").at("/error/message").textValue())
          .contains("thinking_config");
      assertThat(lines.get("cancelled").path("error").toString())
          .isEqualTo("{\"code\":1,\"message\":\"The operation was cancelled.\"}");
      assertThat(lines.get("overloaded").at("/error/code").intValue()).isEqualTo(14);
      JsonNode ledger = client.wire().admin("GET", "/ledger?custom_id=cached", "");
      assertThat(ledger.path("cached_tokens").longValue()).isEqualTo(cachedTokens);
      assertThat(ledger.path("provider").textValue()).isEqualTo("gemini");
    }
  }

  @Test
  void inlineRequestsAreAnsweredInlineAndKeepTheirMetadata() throws IOException {
    try (Simulator simulator = Simulator.start(SimulatorConfig.defaults())) {
      // Given
      GeminiClient client = GeminiClient.of(simulator);
      String requests =
          "{\"request\":%s,\"metadata\":{\"key\":\"a\",\"more\":1}},{\"metadata\":{\"key\":\"b\"},\"request\":{}},{\"request\":%s}"
              .formatted(contents("one"), contents("three"));
      // When
      String name = client.created(inlineOrder(requests));
      JsonNode operation = client.awaitState(name, "SUCCEEDED");
      JsonNode listed = client.wire().get("/v1beta/batches").json().at("/operations/0/response");
      // Then
      JsonNode results = operation.at("/response/inlinedResponses/inlinedResponses");
      assertThat(operation.at("/metadata/output/inlinedResponses/inlinedResponses"))
          .isEqualTo(results);
      assertThat(results).hasSize(3);
      for (JsonNode result : results) {
        if (result.at("/metadata/key").asText().equals("a")) {
          assertThat(result.path("metadata").toString()).isEqualTo("{\"key\":\"a\",\"more\":1}");
          assertThat(result.at("/response/candidates")).hasSize(1);
        } else if (result.at("/metadata/key").asText().equals("b")) {
          assertThat(result.at("/error/code").intValue()).isEqualTo(3);
        } else {
          assertThat(result.has("metadata")).isFalse();
          assertThat(result.at("/response/candidates")).hasSize(1);
        }
      }
      assertThat(listed.at("/inlinedResponses/inlinedResponses")).isEmpty();
      assertThat(client.wire().get("/v1beta/files").body()).isEqualTo("{}");
    }
  }

  @Test
  void embeddingsComeFromAFileOrInline() throws IOException {
    try (Simulator simulator = Simulator.start(SimulatorConfig.defaults())) {
      // Given
      GeminiClient client = GeminiClient.of(simulator);
      String request = "{\"content\":{\"parts\":[{\"text\":\"Why?\"}]},\"outputDimensionality\":8}";
      // When
      JsonNode line = client.ran(EMBED, line("a", request)).getFirst();
      String name = client.created(EMBED, inlineOrder("{\"request\":" + request + "}"));
      JsonNode operation = client.awaitState(name, "SUCCEEDED");
      // Then
      assertThat(line.at("/response/embedding/values")).hasSize(8);
      assertThat(line.at("/response/usageMetadata/promptTokenCount").intValue()).isPositive();
      assertThat(operation.at("/metadata/@type").textValue()).endsWith("EmbedContentBatch");
      assertThat(
              operation.at(
                  "/response/inlinedEmbedContentResponses/inlinedResponses/0/response/embedding/values"))
          .hasSize(8);
    }
  }

  @Test
  void aBatchThatExpiresHasNoResultsAndIsNotBilled() throws IOException {
    try (Simulator simulator = slow("quirks: {late_results_ms: 0}")) {
      // Given
      GeminiClient client = GeminiClient.of(simulator);
      client
          .wire()
          .admin("POST", "/faults", "{match: {call: create_batch}, do: {job: {expire_at: 0.4}}}");
      String name = client.created(fileOrder(client.uploaded(lines(10))));
      // When
      simulator.clock().advance(Duration.ofHours(11));
      JsonNode expired = client.awaitState(name, "EXPIRED");
      // Then
      assertThat(expired.path("done").booleanValue()).isTrue();
      assertThat(expired.at("/error/code").intValue()).isEqualTo(4);
      assertThat(expired.has("response")).isFalse();
      assertThat(expired.at("/metadata/output").isMissingNode()).isTrue();
      assertThat(simulator.ledger().summary().linesExecuted()).isEqualTo(4);
      assertThat(simulator.ledger().summary().linesBilled()).isZero();
    }
  }

  @Test
  void aJobThatNeverRunsExpiresAfterTwoDays() throws IOException {
    try (Simulator simulator = slow()) {
      // Given
      GeminiClient client = GeminiClient.of(simulator);
      client
          .wire()
          .admin("POST", "/faults", "{match: {call: create_batch}, do: {job: {stuck: pending}}}");
      String name = client.created(fileOrder(client.uploaded(lines(10))));
      // When
      simulator.clock().advance(Duration.ofHours(47));
      JsonNode almost = client.operation(name);
      simulator.clock().advance(Duration.ofHours(1));
      // Then
      assertThat(almost.at("/metadata/state").textValue()).isEqualTo("BATCH_STATE_PENDING");
      client.awaitState(name, "EXPIRED");
    }
  }

  @ParameterizedTest
  @CsvSource({"false, 0", "true, 5"})
  void whatACancelLeavesIsASetting(boolean results, int lines) throws IOException {
    try (Simulator simulator =
        slow("quirks: {late_results_ms: 0, cancelled_results: %s}".formatted(results))) {
      // Given
      GeminiClient client = GeminiClient.of(simulator);
      String name = client.created(fileOrder(client.uploaded(lines(10))));
      simulator.clock().advance(Duration.ofMinutes(5));
      client.awaitState(name, "RUNNING");
      simulator.clock().advance(Duration.ofHours(5));
      awaitExecuted(simulator, 5);
      // When
      Answer cancel = client.wire().post("/v1beta/" + name + ":cancel", "");
      JsonNode running = client.operation(name);
      simulator.clock().advance(Duration.ofMinutes(2));
      JsonNode cancelled = client.awaitState(name, "CANCELLED");
      // Then
      assertThat(cancel.body()).isEqualTo("{}");
      assertThat(running.at("/metadata/state").textValue()).isEqualTo("BATCH_STATE_RUNNING");
      assertThat(cancelled.at("/error/code").intValue()).isEqualTo(1);
      String file = cancelled.at("/metadata/output/responsesFile").asText();
      assertThat(file.isEmpty()).isEqualTo(!results);
      assertThat(simulator.ledger().summary().linesBilled()).isEqualTo(lines);
      if (results) {
        assertThat(client.wire().get("/v1beta/" + file + ":download?alt=media").lines())
            .hasSize(lines);
      }
    }
  }

  @Test
  void aDeleteHidesABatchThatGoesOnRunning() throws IOException {
    try (Simulator simulator = slow()) {
      // Given
      GeminiClient client = GeminiClient.of(simulator);
      String name = client.created(fileOrder(client.uploaded(lines(10))));
      simulator.clock().advance(Duration.ofMinutes(5));
      client.awaitState(name, "RUNNING");
      // When
      Answer deleted = client.wire().delete("/v1beta/" + name);
      simulator.clock().advance(Duration.ofHours(11));
      // Then
      assertThat(deleted.body()).isEqualTo("{}");
      assertThat(client.wire().get("/v1beta/" + name).status()).isEqualTo(404);
      awaitExecuted(simulator, 10);
      assertThat(simulator.ledger().summary().linesBilled()).isEqualTo(10);
    }
  }

  @Test
  void resultsComeAfterTheSuccessAndStatesMayHaveAnotherPrefix() throws IOException {
    try (Simulator simulator = slow("quirks: {late_results_ms: 60000, state_prefix: JOB_STATE_}")) {
      // Given
      GeminiClient client = GeminiClient.of(simulator);
      String name = client.created(fileOrder(client.uploaded(lines(3))));
      simulator.clock().advance(Duration.ofMinutes(5));
      await()
          .atMost(Duration.ofMinutes(5))
          .untilAsserted(
              () ->
                  assertThat(client.operation(name).at("/metadata/state").asText())
                      .isEqualTo("JOB_STATE_RUNNING"));
      // When
      simulator.clock().advance(Duration.ofHours(10));
      JsonNode early =
          await()
              .atMost(Duration.ofMinutes(5))
              .until(() -> client.operation(name), operation -> operation.path("done").asBoolean());
      simulator.clock().advance(Duration.ofMinutes(1));
      // Then
      assertThat(early.at("/metadata/state").textValue()).isEqualTo("JOB_STATE_SUCCEEDED");
      assertThat(early.path("response")).hasSize(1);
      await()
          .atMost(Duration.ofMinutes(5))
          .untilAsserted(
              () ->
                  assertThat(client.operation(name).at("/response/responsesFile").asText())
                      .isNotEmpty());
    }
  }

  @Test
  void aMalformedLineFailsTheWholeBatch() throws IOException {
    try (Simulator simulator = Simulator.start(SimulatorConfig.defaults())) {
      // Given
      GeminiClient client = GeminiClient.of(simulator);
      for (String bad : List.of("{\"key\":", "{\"key\":\"b\"}", "[]", "")) {
        // When
        String file = client.uploaded(lines(1) + bad + "\n" + lines(1));
        JsonNode failed = client.awaitState(client.created(fileOrder(file)), "FAILED");
        // Then
        assertThat(failed.at("/error/code").intValue()).isEqualTo(3);
        assertThat(failed.at("/error/message").textValue())
            .startsWith("Line 2 of the file " + file);
      }
      JsonNode empty = client.awaitState(client.created(fileOrder(client.uploaded(""))), "FAILED");
      assertThat(empty.at("/error/message").textValue()).endsWith("is empty.");
      assertThat(simulator.ledger().summary().linesExecuted()).isZero();
    }
  }
}
