package dev.offpeak.simulator;

import static dev.offpeak.simulator.Lines.chat;
import static dev.offpeak.simulator.Lines.line;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.offpeak.simulator.WireClient.Answer;
import java.io.IOException;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnswersIT {
  private static final String CHAT = "/v1/chat/completions";
  private static Simulator simulator;
  private static OpenAiClient client;

  @BeforeAll
  static void start() throws IOException {
    simulator = Simulator.start(SimulatorConfig.defaults());
    client = OpenAiClient.of(simulator);
  }

  @AfterAll
  static void stop() throws IOException {
    simulator.close();
  }

  private static JsonNode answered(String endpoint, String body) throws IOException {
    JsonNode batch = client.ran(line("a", endpoint, body), endpoint);
    assertThat(batch.path("output_file_id").isTextual()).as(batch.toString()).isTrue();
    JsonNode line = client.lines(batch.path("output_file_id")).getFirst();
    assertThat(line.path("id").textValue()).startsWith("batch_req_");
    assertThat(line.path("custom_id").textValue()).isEqualTo("a");
    assertThat(line.path("error").isNull()).isTrue();
    assertThat(line.at("/response/status_code").intValue()).isEqualTo(200);
    assertThat(line.at("/response/request_id").textValue()).isNotBlank();
    return line.at("/response/body");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "/v1/chat/completions;"
            + " {\"model\":\"gpt-4o\",\"messages\":[{\"role\":\"user\",\"content\":\"Why?\"}]};"
            + " chat.completion; /choices/0/message/content",
        "/v1/completions; {\"model\":\"gpt-4o\",\"prompt\":\"Why?\"}; text_completion;"
            + " /choices/0/text",
        "/v1/responses; {\"model\":\"gpt-4o\",\"input\":\"Why?\"}; response;"
            + " /output/0/content/0/text"
      })
  void textEndpointsAnswerInTheirOwnShape(
      String endpoint, String body, String object, String textAt) throws IOException {
    // When
    JsonNode answer = answered(endpoint, body);
    // Then
    assertThat(answer.path("object").textValue()).isEqualTo(object);
    assertThat(answer.path("model").textValue()).isEqualTo("gpt-4o");
    assertThat(answer.at(textAt).textValue()).startsWith("Simulated answer to: Why?");
    assertThat(answer.at("/usage/total_tokens").longValue()).isPositive();
  }

  @Test
  void embeddingsHaveTheDimensionsAskedForInEitherEncoding() throws IOException {
    // When
    JsonNode numbers =
        answered(
            "/v1/embeddings",
            "{\"model\":\"text-embedding-3-small\",\"input\":[\"a\",\"b\"],\"dimensions\":64}");
    JsonNode usual =
        answered("/v1/embeddings", "{\"model\":\"text-embedding-3-small\",\"input\":[1,2,3]}");
    JsonNode packed =
        answered(
            "/v1/embeddings",
            "{\"model\":\"text-embedding-3-small\",\"input\":\"a\",\"dimensions\":64,\"encoding_format\":\"base64\"}");
    // Then
    assertThat(numbers.path("data")).hasSize(2);
    JsonNode vector = numbers.at("/data/0/embedding");
    assertThat(vector).hasSize(64);
    double norm = 0;
    for (JsonNode component : vector) {
      norm += component.doubleValue() * component.doubleValue();
    }
    assertThat(Math.sqrt(norm)).isBetween(0.7, 1.3);
    assertThat(usual.path("data")).hasSize(1);
    assertThat(usual.at("/data/0/embedding")).hasSize(1536);
    assertThat(Base64.getDecoder().decode(packed.at("/data/0/embedding").textValue())).hasSize(256);
  }

  @Test
  void moderationsJudgeEachInput() throws IOException {
    // When
    JsonNode answer = answered("/v1/moderations", "{\"input\":[\"a\",\"b\"]}");
    // Then
    assertThat(answer.path("results")).hasSize(2);
    assertThat(answer.at("/results/0/flagged").booleanValue()).isFalse();
    assertThat(answer.at("/results/0/categories/violence").isBoolean()).isTrue();
  }

  @Test
  void optionsOfTheRequestShowInTheAnswer() throws IOException {
    // When
    JsonNode json =
        answered(
            CHAT,
            "{\"model\":\"gpt-4o\",\"messages\":\"x\",\"response_format\":{\"type\":\"json_object\"}}");
    JsonNode choices = answered(CHAT, "{\"model\":\"gpt-4o\",\"messages\":\"x\",\"n\":3}");
    JsonNode cut = answered(CHAT, "{\"model\":\"gpt-4o\",\"messages\":\"x\",\"max_tokens\":5}");
    JsonNode reasoned = answered(CHAT, "{\"model\":\"gpt-5-mini\",\"messages\":\"x\"}");
    JsonNode long1 =
        answered(CHAT, "{\"model\":\"gpt-4o\",\"messages\":\"x\",\"user\":\"[sim:tokens=3000]\"}");
    // Then
    String content = json.at("/choices/0/message/content").textValue();
    assertThat(WireClient.parse(content).path("answer").isTextual()).isTrue();
    assertThat(choices.path("choices")).hasSize(3);
    assertThat(cut.at("/usage/completion_tokens").intValue()).isEqualTo(5);
    assertThat(cut.at("/choices/0/finish_reason").textValue()).isEqualTo("length");
    assertThat(reasoned.at("/usage/completion_tokens_details/reasoning_tokens").intValue())
        .isPositive();
    assertThat(long1.at("/usage/completion_tokens").intValue()).isEqualTo(3000);
    assertThat(long1.at("/choices/0/message/content").textValue().length())
        .isBetween(11_990, 12_020);
  }

  @Test
  void anOversizeLimitPassesValidationAndFailsItsOwnLine() throws IOException {
    // Given
    String tooLarge = "{\"model\":\"gpt-4o\",\"messages\":\"x\",\"max_tokens\":1000000}";
    // When
    JsonNode batch = client.ran(line("a", CHAT, tooLarge), CHAT);
    // Then
    JsonNode line = client.lines(batch.path("error_file_id")).getFirst();
    assertThat(line.at("/response/status_code").intValue()).isEqualTo(400);
    assertThat(line.at("/response/body/error/param").textValue()).isEqualTo("max_tokens");
  }

  @Test
  void aRequestCanForceItsOwnOutcome() throws IOException {
    // Given
    String content =
        chat("ok", "fine")
            + chat("bad", "[sim:fail=400]")
            + chat("busy", "[sim:fail=429]")
            + chat("once", "[sim:fail-once=500] 1")
            + chat("zero", "[sim:fail=0]")
            + chat("gone", "[sim:missing]")
            + chat("twice", "[sim:duplicate]")
            + chat("torn", "[sim:garbled]");
    // When
    JsonNode batch = client.awaitStatus(client.created(client.uploaded(content)), "completed");
    JsonNode second = client.ran(chat("again", "[sim:fail-once=500] 1"), CHAT);
    // Then
    List<String> output =
        client
            .get("/files/" + batch.path("output_file_id").textValue() + "/content")
            .body()
            .lines()
            .toList();
    Map<String, Integer> seen = new HashMap<>();
    for (String line : output) {
      if (line.endsWith("}")) {
        seen.merge(WireClient.parse(line).path("custom_id").textValue(), 1, Integer::sum);
      }
    }
    assertThat(seen).isEqualTo(Map.of("ok", 1, "zero", 1, "twice", 2));
    assertThat(output).filteredOn(line -> !line.endsWith("}")).hasSize(1);
    assertThat(client.lines(batch.path("error_file_id")))
        .extracting(
            line ->
                line.path("custom_id").textValue() + line.at("/response/status_code").intValue())
        .containsExactlyInAnyOrder("bad400", "busy429", "once500");
    assertThat(batch.path("request_counts").toString())
        .isEqualTo("{\"total\":8,\"completed\":5,\"failed\":3}");
    assertThat(second.at("/request_counts/completed").intValue()).isEqualTo(1);
  }

  @Test
  void someRequestsFailAtRandomWhenAskedTo() throws IOException {
    try (Simulator flaky =
        Simulator.start(SimulatorConfig.defaults().withFailureRate(0.3).withSeed(7))) {
      // When
      JsonNode batch = OpenAiClient.of(flaky).ran(Lines.chats(1000), CHAT);
      // Then
      assertThat(batch.at("/request_counts/failed").intValue()).isBetween(240, 360);
    }
  }

  @Test
  void synchronousCallsAreAnsweredAtOnceAndBilled() throws IOException {
    // Given
    long before = simulator.ledger().summary().syncCalls();
    // When
    Answer answer =
        client.post(
            "/chat/completions",
            "{\"model\":\"gpt-4.1-nano\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}");
    Answer refused = client.post("/chat/completions", "{\"model\":\"gpt-4.1-nano\"}");
    Answer failed =
        client.post("/responses", "{\"model\":\"gpt-4.1-nano\",\"input\":\"[sim:fail=429]\"}");
    // Then
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.json().path("object").textValue()).isEqualTo("chat.completion");
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.error().path("param").textValue()).isEqualTo("messages");
    assertThat(failed.status()).isEqualTo(429);
    assertThat(simulator.ledger().summary().syncCalls() - before).isEqualTo(2);
    assertThat(simulator.ledger().summary().byModel().get("gpt-4.1-nano").linesBilled())
        .isEqualTo(1);
  }
}
