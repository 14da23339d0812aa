package dev.offpeak.schemas.outcome;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.offpeak.core.lane.LineShape;
import dev.offpeak.schemas.avro.FailedAs;
import dev.offpeak.schemas.avro.FailureKind;
import dev.offpeak.schemas.avro.LlmFailure;
import dev.offpeak.schemas.avro.LlmResult;
import dev.offpeak.schemas.avro.Tokens;
import dev.offpeak.schemas.avro.UsageMode;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class JsonOutcomesTest {

  private static final Instant ADMITTED = Instant.parse("2026-11-24T10:00:00Z");
  private static final Instant ENDED = Instant.parse("2026-11-24T11:30:00.250Z");
  private static final String BODY = "{ \"n\": 1.50, \"text\":\"\\u00e9 \\/ \uD83D\uDE00\" }";

  private final JsonOutcomes json = new JsonOutcomes();

  @Test
  void anAnswerOfOpenAiIsALineOfItsOutputFileWithTheBodyUntouched() {
    assertThat(text(json.result(result("openai").build())))
        .isEqualTo(
            "{\"custom_id\":\"a"
                + " \\\"1\\\"\",\"response\":{\"status_code\":200,\"request_id\":\"req_1\",\"body\":"
                + BODY
                + "},\"error\":null,\"offpeak\":{\"tenant\":\"acme\",\"labels\":{\"feature\":\"f\",\"team\":\"t\"},"
                + "\"provider\":\"openai\",\"account\":\"main\",\"endpoint\":\"/v1/responses\",\"model\":\"gpt-4o-mini\","
                + "\"status_code\":200,\"provider_request_id\":\"req_1\",\"batch_id\":\"01B\",\"provider_job_id\":\"batch_9\","
                + "\"attempt\":2,\"mode\":\"batch\",\"usage\":{\"input\":100,\"cached_input\":20,\"cache_write\":3,\"output\":50,"
                + "\"reasoning\":7,\"long_cache_write\":2},\"usage_problem\":null,\"cost_usd\":0.0000375,\"sync_cost_usd\":0.000075,\"saved_usd\":0.0000375,"
                + "\"source_partition\":-1,\"source_offset\":-1,\"admitted_at\":\"2026-11-24T10:00:00Z\",\"completed_at\":\"2026-11-24T11:30:00.250Z\"}}");
  }

  @Test
  void eachProviderHasItsOwnShapeOfAnswer() {
    assertThat(text(json.result(result("anthropic").build())))
        .startsWith(
            "{\"custom_id\":\"a \\\"1\\\"\",\"result\":{\"type\":\"succeeded\",\"message\":"
                + BODY
                + "},\"offpeak\":{");
    assertThat(text(json.result(result("gemini").build())))
        .startsWith("{\"key\":\"a \\\"1\\\"\",\"response\":" + BODY + ",\"offpeak\":{");
  }

  @Test
  void whatIsNoUnicodeIsEscapedAndWhatIsStays() {
    assertThat(text(json.result(result("openai").setCustomId("\uD83D!\uD83D\uDE00").build())))
        .startsWith("{\"custom_id\":\"\\uD83D!\uD83D\uDE00\",");
  }

  @Test
  void bodiesThatStandWithinALargerBufferAreCopiedAlone() {
    ByteBuffer within =
        bytes("xx" + BODY + "yy").position(2).limit(2 + BODY.getBytes(UTF_8).length);

    assertThat(text(json.result(result("openai").setBody(within).build())))
        .isEqualTo(text(json.result(result("openai").build())));
    assertThat(text(json.result(result("openai").setBody(within.asReadOnlyBuffer()).build())))
        .isEqualTo(text(json.result(result("openai").build())));
  }

  @Test
  void aModelWithoutPriceHasNoCost() {
    LlmResult unpriced =
        result("openai").setCostPicoUsd(null).setSyncCostPicoUsd(null).setAttempt(1).build();

    assertThat(text(json.result(unpriced)))
        .contains("\"cost_usd\":null,\"sync_cost_usd\":null,\"saved_usd\":null");
  }

  @Test
  void whatIsFreeCostsZero() {
    LlmResult free = result("openai").setCostPicoUsd(0L).setSyncCostPicoUsd(0L).build();

    assertThat(text(json.result(free)))
        .contains("\"cost_usd\":0,\"sync_cost_usd\":0,\"saved_usd\":0");
  }

  @Test
  void aFailureHasTheProvidersBodyAndTheOriginal() {
    LlmFailure failure =
        failure("openai")
            .setStatusCode(400)
            .setResponseBody(bytes("{\"error\":{\"code\":\"bad\"}}"))
            .setOriginal(bytes("{\"custom_id\":\"a\"}\n"))
            .build();

    assertThat(text(json.failure(failure)))
        .isEqualTo(
            "{\"custom_id\":\"a\",\"response\":{\"status_code\":400,\"body\":{\"error\":{\"code\":\"bad\"}}},\"error\":{\"code\":\"bad\",\"message\":\"no"
                + " \\\"good\\\"\"},\"offpeak\":{\"tenant\":\"acme\","
                + "\"labels\":{},\"provider\":\"openai\",\"account\":\"main\",\"endpoint\":\"/v1/responses\",\"model\":\"gpt-4o-mini\","
                + "\"status_code\":400,\"batch_id\":\"01B\",\"provider_job_id\":null,\"code\":\"bad\",\"message\":\"no"
                + " \\\"good\\\"\",\"kind\":\"your_input\",\"outcome\":\"errored\",\"retryable\":false,\"attempts\":1,\"mode\":\"batch\",\"source_partition\":2,\"source_offset\":77,\"failed_at\":\"2026-11-24T11:30:00.250Z\",\"original\":\"{\\\"custom_id\\\":\\\"a\\\"}\\n"
                + "\"}}");
  }

  @Test
  void aFailureThatNeverReachedAProviderHasNoResponse() {
    LlmFailure failure =
        failure(null).setCustomId(null).setOriginal(ByteBuffer.wrap(new byte[] {0, -1})).build();

    assertThat(text(json.failure(failure)))
        .startsWith("{\"custom_id\":null,\"response\":null,\"error\":{\"code\":\"bad\"")
        .endsWith("\"original_base64\":\"AP8=\"}}");
  }

  @Test
  void anthropicTellsHowItEnded() {
    assertThat(text(json.failure(failure("anthropic").setOutcome(FailedAs.EXPIRED).build())))
        .startsWith("{\"custom_id\":\"a\",\"result\":{\"type\":\"expired\"},\"offpeak\":{");
    assertThat(text(json.failure(failure("anthropic").build())))
        .startsWith(
            "{\"custom_id\":\"a\",\"result\":{\"type\":\"errored\",\"error\":{\"type\":\"error\",\"error\":{\"type\":\"bad\",\"message\":\"no"
                + " \\\"good\\\"\"}}},\"offpeak\":{");
  }

  @Test
  void geminiHasAStatus() {
    assertThat(text(json.failure(failure("gemini").setStatusCode(503).build())))
        .startsWith(
            "{\"key\":\"a\",\"error\":{\"code\":503,\"message\":\"no"
                + " \\\"good\\\"\",\"status\":\"bad\"}");
  }

  private static LlmResult.Builder result(String provider) {
    return LlmResult.newBuilder()
        .setMode(UsageMode.BATCH)
        .setCustomId("a \"1\"")
        .setTenant("acme")
        .setLabels(Map.of("team", "t", "feature", "f"))
        .setProvider(provider)
        .setAccount("main")
        .setEndpoint(endpoint(provider))
        .setModel("gpt-4o-mini")
        .setStatusCode(200)
        .setProviderRequestId("req_1")
        .setBody(bytes(BODY))
        .setBatchId("01B")
        .setProviderJobId("batch_9")
        .setAttempt(2)
        .setUsage(new Tokens(100L, 20L, 3L, 50L, 7L, 2L))
        .setCostPicoUsd(37_500_000L)
        .setSyncCostPicoUsd(75_000_000L)
        .setAdmittedAt(ADMITTED)
        .setCompletedAt(ENDED);
  }

  @Test
  void aRequestThatReachedNoProviderFailsInTheShapeItWasMeantToHave() {
    assertThat(
            text(
                json.failure(
                    failure(null).setOriginal(line("{\"custom_id\":\"a\",\"params\":")).build())))
        .startsWith("{\"custom_id\":\"a\",\"result\":{\"type\":\"errored\"");
    assertThat(
            text(
                json.failure(
                    failure(null)
                        .setOutcome(FailedAs.REJECTED)
                        .setOriginal(line("{\"key\":1,\"request\":[]}"))
                        .build())))
        .startsWith("{\"key\":\"a\",\"error\":{\"code\":400,");
  }

  private static @Nullable String endpoint(@Nullable String provider) {
    return provider == null
        ? null
        : LineShape.valueOf(provider.toUpperCase(Locale.ROOT)).endpoints().getFirst();
  }

  private static ByteBuffer line(String line) {
    return ByteBuffer.wrap(line.getBytes(UTF_8));
  }

  private static LlmFailure.Builder failure(String provider) {
    return LlmFailure.newBuilder()
        .setMode(UsageMode.BATCH)
        .setCustomId("a")
        .setTenant("acme")
        .setCode("bad")
        .setMessage("no \"good\"")
        .setKind(FailureKind.YOUR_INPUT)
        .setOutcome(FailedAs.ERRORED)
        .setRetryable(false)
        .setAttempts(1)
        .setProvider(provider)
        .setAccount("main")
        .setEndpoint(endpoint(provider))
        .setModel("gpt-4o-mini")
        .setBatchId("01B")
        .setSourcePartition(2)
        .setSourceOffset(77)
        .setFailedAt(ENDED)
        .setOriginal(bytes("{}"));
  }

  private static ByteBuffer bytes(String text) {
    return ByteBuffer.wrap(text.getBytes(UTF_8));
  }

  private static String text(byte[] line) {
    return new String(line, UTF_8);
  }
}
