package dev.offpeak.simulator;

import static dev.offpeak.simulator.GeminiClient.CREATE;
import static dev.offpeak.simulator.GeminiClient.contents;
import static dev.offpeak.simulator.GeminiClient.inlineOrder;
import static dev.offpeak.simulator.StillGemini.slow;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.offpeak.simulator.WireClient.Answer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What is refused, listed and answered at once; the life of a batch is in {@link GeminiBatchIT}.
 */
class GeminiCallsIT {

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "; INVALID_ARGUMENT",
        "{\"batch\":{\"inputConfig\":{\"fileName\":\"files/x\"}}}; INVALID_ARGUMENT",
        "{\"batch\":{\"displayName\":\"x\"}}; INVALID_ARGUMENT",
        "{\"batch\":{\"displayName\":\"x\",\"inputConfig\":{\"requests\":{\"requests\":[]}}}};"
            + " INVALID_ARGUMENT",
        "{\"batch\":{\"displayName\":\"x\",\"inputConfig\":{\"requests\":{\"requests\":[{}]}}}};"
            + " INVALID_ARGUMENT",
        "{\"batch\":{\"displayName\":\"x\",\"inputConfig\":{\"fileName\":\"files/x\"}}};"
            + " PERMISSION_DENIED",
        "{\"batch\":{\"displayName\":\"x\",\"model\":\"models/other\"}}; INVALID_ARGUMENT",
        "{\"batch\":{\"nonsense\":1}}; INVALID_ARGUMENT",
        "{\"displayName\":\"x\"}; INVALID_ARGUMENT"
      })
  void aWrongCreateIsRefused(String body, String status) throws IOException {
    try (Simulator simulator = Simulator.start(SimulatorConfig.defaults())) {
      // When
      Answer answer = GeminiClient.of(simulator).wire().post(CREATE, body == null ? "" : body);
      // Then
      assertThat(answer.error().path("status").textValue()).as(answer.body()).isEqualTo(status);
      assertThat(answer.error().path("code").intValue()).isEqualTo(answer.status());
    }
  }

  @Test
  void quotasRefuseACreateWithoutSayingWhenToTryAgain() throws IOException {
    try (Simulator simulator =
        slow(
            """
            limits:
              max_jobs_in_flight: 2
              max_inline_bytes: 5000
              enqueued_tokens: {gemini-2.5-flash: 300}
              models: [gemini-2.5-flash, other]
            """)) {
      // Given
      GeminiClient client = GeminiClient.of(simulator);
      client.created(inlineOrder("{\"request\":" + contents("x".repeat(900)) + "}"));
      // When
      String more = inlineOrder("{\"request\":" + contents("x".repeat(500)) + "}");
      Answer tokens = client.wire().post(CREATE, more);
      client.created(CREATE.replace("gemini-2.5-flash", "other"), more);
      Answer jobs = client.wire().post(CREATE.replace("gemini-2.5-flash", "other"), more);
      Answer model = client.wire().post(CREATE.replace("gemini-2.5-flash", "none"), more);
      Answer large =
          client
              .wire()
              .post(CREATE, inlineOrder("{\"request\":" + contents("x".repeat(6000)) + "}"));
      // Then
      for (Answer answer : List.of(tokens, jobs)) {
        assertThat(answer.status()).isEqualTo(429);
        assertThat(answer.error().path("status").textValue()).isEqualTo("RESOURCE_EXHAUSTED");
        assertThat(answer.headers().map()).doesNotContainKey("retry-after");
        assertThat(answer.error().has("details")).isFalse();
      }
      assertThat(model.status()).isEqualTo(404);
      assertThat(large.status()).isEqualTo(400);
    }
  }

  @Test
  void listsOperationsNewestFirst() throws IOException {
    try (Simulator simulator = slow()) {
      // Given
      GeminiClient client = GeminiClient.of(simulator);
      List<String> names = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        names.addFirst(client.created(inlineOrder("{\"request\":" + contents("x") + "}")));
      }
      // When
      JsonNode first = client.wire().get("/v1beta/batches?pageSize=2").json();
      JsonNode second =
          client
              .wire()
              .get("/v1beta/batches?pageToken=" + first.path("nextPageToken").textValue())
              .json();
      // Then
      assertThat(first.path("operations")).hasSize(2);
      assertThat(first.at("/operations/0/name").textValue()).isEqualTo(names.get(0));
      assertThat(first.at("/operations/0/metadata/displayName").textValue()).isEqualTo("a batch");
      assertThat(second.at("/operations/0/name").textValue()).isEqualTo(names.get(2));
      assertThat(second.has("nextPageToken")).isFalse();
    }
  }

  @Test
  void synchronousCallsAreAnsweredAtOnce() throws IOException {
    try (Simulator simulator = Simulator.start(SimulatorConfig.defaults())) {
      // Given
      WireClient wire = GeminiClient.of(simulator).wire();
      String models = "/v1beta/models/";
      // When
      Answer generate = wire.post(models + "gemini-2.5-flash:generateContent", contents("Why?"));
      Answer embed =
          wire.post(
              models + "gemini-embedding-001:embedContent",
              "{\"content\":{\"parts\":[{\"text\":\"x\"}]}}");
      Answer embedMany =
          wire.post(
              models + "gemini-embedding-001:batchEmbedContents",
              "{\"requests\":[{\"model\":\"m\",\"content\":{}},{\"content\":{},\"outputDimensionality\":4}]}");
      Answer wrong = wire.post(models + "gemini-2.5-flash:generateContent", "{}");
      Answer none = wire.post(models + "gemini-2.5-flash:nothing", "{}");
      // Then
      assertThat(generate.json().at("/candidates/0/content/role").textValue()).isEqualTo("model");
      assertThat(embed.json().at("/embedding/values")).hasSize(3072);
      assertThat(embedMany.json().path("embeddings")).hasSize(2);
      assertThat(embedMany.json().at("/embeddings/0/values")).hasSize(4);
      assertThat(wrong.status()).isEqualTo(400);
      assertThat(wrong.error().path("status").textValue()).isEqualTo("INVALID_ARGUMENT");
      assertThat(none.status()).isEqualTo(404);
      assertThat(simulator.ledger().summary().syncCalls()).isEqualTo(4);
    }
  }
}
