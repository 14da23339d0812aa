package dev.offpeak.schemas.outcome;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.offpeak.core.lane.LineShape;
import dev.offpeak.schemas.avro.FailedAs;
import dev.offpeak.schemas.avro.FailureKind;
import dev.offpeak.schemas.avro.LlmFailure;
import dev.offpeak.schemas.avro.LlmResult;
import dev.offpeak.schemas.avro.Tokens;
import dev.offpeak.schemas.avro.UsageMode;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The JSON form of an outcome says what its Avro form says: a field that is added to one is missed
 * here.
 */
class JsonHasEveryFieldTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String BODY = "{\"the\":\"body\"}";

  private final JsonOutcomes outcomes = new JsonOutcomes();

  private record Shape(LineShape line, FailedAs outcome) {}

  static Stream<Shape> shapes() {
    return Stream.of(LineShape.values())
        .flatMap(line -> Stream.of(FailedAs.values()).map(outcome -> new Shape(line, outcome)));
  }

  @ParameterizedTest
  @EnumSource(LineShape.class)
  void ofAResult(LineShape line) throws IOException {
    LlmResult result = result(line);

    JsonNode written = JSON.readTree(outcomes.result(result));

    assertThat(result.getSchema().getFields())
        .allSatisfy(field -> assertSays(written, result, field));
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void ofAFailure(Shape shape) throws IOException {
    LlmFailure failure = failure(shape);

    JsonNode line = JSON.readTree(outcomes.failure(failure));

    assertThat(failure.getSchema().getFields())
        .allSatisfy(field -> assertSays(line, failure, field));
  }

  private static void assertSays(JsonNode line, IndexedRecord record, Schema.Field field) {
    Object value = record.get(field.pos());
    JsonNode ours = line.path("offpeak");
    switch (field.name()) {
      case "custom_id" ->
          assertThat(line.has("key") ? line.get("key") : line.get("custom_id"))
              .isEqualTo(node(value));
      case "body" -> assertThat(line.toString()).contains(BODY);
      case "response_body" -> assertThat(line.toString()).contains(BODY);
      case "cost_pico_usd", "sync_cost_pico_usd" ->
          assertThat(ours.get(field.name().replace("_pico", "")).decimalValue())
              .isEqualByComparingTo(BigDecimal.valueOf((Long) value, 12));
      default -> assertThat(ours.get(field.name())).isEqualTo(node(value));
    }
  }

  /** The value as a member of a line has it. */
  private static JsonNode node(Object value) {
    return switch (value) {
      case Enum<?> constant ->
          JSON.getNodeFactory().textNode(constant.name().toLowerCase(Locale.ROOT));
      case Instant instant -> JSON.getNodeFactory().textNode(instant.toString());
      case ByteBuffer bytes ->
          JSON.getNodeFactory().textNode(UTF_8.decode(bytes.duplicate()).toString());
      case Tokens tokens -> tokens(tokens);
      default -> reread(JSON.valueToTree(value));
    };
  }

  private static JsonNode tokens(Tokens tokens) {
    var node = JSON.createObjectNode();
    tokens
        .getSchema()
        .getFields()
        .forEach(field -> node.set(field.name(), node(tokens.get(field.pos()))));
    return node;
  }

  /** Numbers of one size are equal. */
  private static JsonNode reread(JsonNode node) {
    try {
      return JSON.readTree(node.toString());
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static String endpoint(LineShape line) {
    return switch (line) {
      case OPENAI -> "/v1/chat/completions";
      case ANTHROPIC -> "/v1/messages";
      case GEMINI -> "generateContent";
    };
  }

  private static LlmResult result(LineShape line) {
    return LlmResult.newBuilder()
        .setCustomId("the custom id")
        .setTenant("the tenant")
        .setLabels(Map.of("the", "label"))
        .setProvider("the provider")
        .setAccount("the account")
        .setEndpoint(endpoint(line))
        .setModel("the model")
        .setStatusCode(201)
        .setProviderRequestId("the request id")
        .setBody(bytes(BODY))
        .setBatchId("the batch")
        .setProviderJobId("the job")
        .setAttempt(2)
        .setUsage(new Tokens(100L, 20L, 3L, 50L, 7L, 2L))
        .setCostPicoUsd(37_500_000L)
        .setSyncCostPicoUsd(75_000_000L)
        .setUsageProblem("implausible")
        .setAdmittedAt(Instant.parse("2026-11-24T10:00:00Z"))
        .setCompletedAt(Instant.parse("2026-11-24T11:30:00.250Z"))
        .setSourcePartition(5)
        .setSourceOffset(8_000_000_000L)
        .setMode(UsageMode.SYNC)
        .build();
  }

  private static LlmFailure failure(Shape shape) {
    return LlmFailure.newBuilder()
        .setCustomId("the custom id")
        .setTenant("the tenant")
        .setLabels(Map.of("the", "label"))
        .setCode("the code")
        .setMessage("the message")
        .setKind(FailureKind.ACCOUNT)
        .setOutcome(shape.outcome())
        .setRetryable(true)
        .setAttempts(3)
        .setProvider("the provider")
        .setAccount("the account")
        .setEndpoint(endpoint(shape.line()))
        .setModel("the model")
        .setBatchId("the batch")
        .setProviderJobId("the job")
        .setStatusCode(418)
        .setResponseBody(bytes(BODY))
        .setSourcePartition(5)
        .setSourceOffset(8_000_000_000L)
        .setFailedAt(Instant.parse("2026-11-24T11:30:00.250Z"))
        .setOriginal(bytes("the original"))
        .setMode(UsageMode.SYNC)
        .build();
  }

  private static ByteBuffer bytes(String text) {
    return ByteBuffer.wrap(text.getBytes(UTF_8));
  }
}
