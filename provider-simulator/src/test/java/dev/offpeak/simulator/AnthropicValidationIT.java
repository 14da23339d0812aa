package dev.offpeak.simulator;

import static dev.offpeak.simulator.AnthropicClient.BATCHES;
import static dev.offpeak.simulator.AnthropicClient.body;
import static dev.offpeak.simulator.AnthropicClient.params;
import static dev.offpeak.simulator.AnthropicClient.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.JsonNode;
import dev.offpeak.simulator.WireClient.Answer;
import dev.offpeak.simulator.anthropic.rules.AnthropicRules;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What Anthropic's stand-in refuses at once, and what only when a request is executed. */
class AnthropicValidationIT {
  private static Simulator simulator;
  private static AnthropicClient client;

  @BeforeAll
  static void start() throws IOException {
    AnthropicRules rules =
        AnthropicRules.read(
            "limits: {max_requests: 20, max_body_bytes: 100000, models: [claude-haiku-4-5,"
                + " other]}");
    simulator =
        Simulator.start(
            SimulatorConfig.defaults().withKeys(Map.of("sk-ant", "org-a")).withAnthropic(rules));
    client = AnthropicClient.of(simulator);
  }

  @AfterAll
  static void stop() throws IOException {
    simulator.close();
  }

  static Stream<Arguments> refusedBodies() {
    String good = request("a", params("hello"));
    return Stream.of(
        arguments("", "The request body is not valid JSON"),
        arguments("[]", "The request body is not valid JSON"),
        arguments("{\"requests\":[", "The request body is not valid JSON"),
        arguments(body(good) + "{}", "The request body is not valid JSON"),
        arguments("{}", "requests: Field required"),
        arguments("{\"requests\":{}}", "requests: Input should be a valid list"),
        arguments(body(), "requests: List should have at least 1 item"),
        arguments(body(21), "requests: List should have at most 20 items"),
        arguments("{\"name\":\"x\",\"requests\":[]}", "name: Extra inputs are not permitted"),
        arguments(body("7"), "requests.0.Input should be a valid dictionary"),
        arguments(body(good, "{\"params\":{}}"), "requests.1.custom_id: Field required"),
        arguments(body("{\"custom_id\":\"a\"}"), "requests.0.params: Field required"),
        arguments(
            body("{\"custom_id\":\"a\",\"params\":[]}"),
            "requests.0.params: Input should be a valid dictionary"),
        arguments(
            body("{\"custom_id\":7,\"params\":{}}"),
            "requests.0.custom_id: Input should be a valid string"),
        arguments(
            body(request("a b", params("x"))),
            "requests.0.custom_id: String should match pattern '^[a-zA-Z0-9_-]{1,64}$'"),
        arguments(
            body(request("", params("x"))), "requests.0.custom_id: String should match pattern"),
        arguments(
            body(request("x".repeat(65), params("x"))),
            "requests.0.custom_id: String should match pattern"),
        arguments(body(good, good), "requests.1.custom_id: Duplicate custom_id 'a'"),
        arguments(
            body(good.replace("{\"custom", "{\"method\":\"POST\",\"custom")),
            "requests.0.method: Extra inputs are not permitted"));
  }

  @ParameterizedTest
  @MethodSource("refusedBodies")
  void aWrongEnvelopeRefusesTheWholeBatch(String body, String message) throws IOException {
    // When
    Answer answer = client.wire().post(BATCHES, body);
    // Then
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.json().path("type").textValue()).isEqualTo("error");
    assertThat(answer.error().path("type").textValue()).isEqualTo("invalid_request_error");
    assertThat(answer.error().path("message").textValue()).startsWith(message);
    assertThat(answer.json().path("request_id").textValue())
        .startsWith("req_")
        .isEqualTo(answer.header("request-id"));
  }

  @Test
  void aBodyBeyondTheLimitIsTooLargeWithOrWithoutItsLength() throws IOException {
    // Given
    byte[] body =
        body(request("a", params("x".repeat(5_000_000)))).getBytes(StandardCharsets.UTF_8);
    // When
    Answer withLength = client.wire().post(BATCHES, BodyPublishers.ofByteArray(body));
    Answer chunked =
        client
            .wire()
            .post(
                BATCHES,
                BodyPublishers.ofInputStream(
                    () -> (InputStream) new java.io.ByteArrayInputStream(body)));
    // Then
    for (Answer answer : new Answer[] {withLength, chunked}) {
      assertThat(answer.status()).isEqualTo(413);
      assertThat(answer.error().path("type").textValue()).isEqualTo("request_too_large");
      assertThat(answer.error().path("message").textValue())
          .isEqualTo("Request exceeds the maximum size");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "{}; invalid_request_error; model: Field required",
        "{\"model\":\"none\"}; not_found_error; model: none",
        "{\"model\":\"other\"}; invalid_request_error; max_tokens: Field required",
        "{\"model\":\"other\",\"max_tokens\":0}; invalid_request_error; max_tokens: Input should"
            + " be",
        "{\"model\":\"other\",\"max_tokens\":999999}; invalid_request_error; max_tokens: 999999 >",
        "{\"model\":\"other\",\"max_tokens\":9}; invalid_request_error; messages: Field required",
        "{\"model\":\"other\",\"max_tokens\":9,\"messages\":[]}; invalid_request_error; messages:"
            + " at",
        "{\"model\":\"other\",\"max_tokens\":9,\"messages\":[{}],\"stream\":true};"
            + " invalid_request_error; stream: ",
        "{\"model\":\"other\",\"max_tokens\":9,\"messages\":[{}],\"speed\":\"fast\"};"
            + " invalid_request_error; speed: Extra inputs are not permitted"
      })
  void wrongParamsAreAnErroredResultBesideTheOthers(String params, String type, String message)
      throws IOException {
    // When
    String id = client.created(body(request("bad", params), request("good", params("hello"))));
    JsonNode batch = client.awaitEnded(id);
    // Then
    assertThat(batch.at("/request_counts/succeeded").intValue()).isEqualTo(1);
    assertThat(batch.at("/request_counts/errored").intValue()).isEqualTo(1);
    JsonNode bad =
        client.results(id).lines().stream()
            .filter(line -> line.path("custom_id").asText().equals("bad"))
            .findFirst()
            .orElseThrow();
    assertThat(bad.at("/result/type").textValue()).isEqualTo("errored");
    assertThat(bad.at("/result/error/type").textValue()).isEqualTo("error");
    assertThat(bad.at("/result/error/error/type").textValue()).isEqualTo(type);
    assertThat(bad.at("/result/error/error/message").textValue()).startsWith(message);
  }

  @Test
  void aKeyComesInEitherHeaderAndAVersionIsRequired() throws IOException {
    // When
    Answer bearer =
        list(Map.of("Authorization", "Bearer sk-ant", "anthropic-version", "2023-06-01"));
    Answer none = list(Map.of("anthropic-version", "2023-06-01"));
    Answer wrong = list(Map.of("x-api-key", "sk-no", "anthropic-version", "2023-06-01"));
    Answer noVersion = list(Map.of("x-api-key", "sk-ant"));
    Answer badVersion = list(Map.of("x-api-key", "sk-ant", "anthropic-version", "2020-01-01"));
    // Then
    assertThat(bearer.status()).isEqualTo(200);
    assertThat(none.status()).isEqualTo(401);
    assertThat(wrong.status()).isEqualTo(401);
    assertThat(wrong.error().path("type").textValue()).isEqualTo("authentication_error");
    assertThat(noVersion.status()).isEqualTo(400);
    assertThat(badVersion.status()).isEqualTo(400);
  }

  private static Answer list(Map<String, String> headers) throws IOException {
    return AnthropicClient.of(simulator.rootUri(), headers).wire().get(BATCHES);
  }

  @Test
  void aPathThatIsNotThereIsNotFoundInAnthropicsWords() throws IOException {
    // When
    Answer answer = client.wire().get("/v1/messages/nothing");
    // Then
    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.error().path("type").textValue()).isEqualTo("not_found_error");
  }
}
