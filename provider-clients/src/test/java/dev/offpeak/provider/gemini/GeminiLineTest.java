package dev.offpeak.provider.gemini;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.offpeak.core.price.ReportedUsage;
import dev.offpeak.core.price.TokenUsage;
import dev.offpeak.provider.ResultLine;
import dev.offpeak.provider.ResultLine.Verdict;
import dev.offpeak.provider.line.ArrayStream;
import dev.offpeak.provider.line.JsonLineParser;
import java.io.IOException;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GeminiLineTest {

  private static final String RESPONSE =
      "{\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"Bonjour \uD83D\uDE00 }\"}],"
          + "\"role\":\"model\"},\"finishReason\":\"STOP\",\"index\":0}], \"usageMetadata\":"
          + "{\"promptTokenCount\":2100,\"candidatesTokenCount\":40,\"totalTokenCount\":2260,"
          + "\"cachedContentTokenCount\":2000,\"thoughtsTokenCount\":120,"
          + "\"promptTokensDetails\":[{\"modality\":\"TEXT\",\"tokenCount\":2100}]},"
          + "\"modelVersion\":\"gemini-2.5-flash\",\"responseId\":\"r-1\"}";

  private final JsonLineParser parser = new JsonLineParser(GeminiLine::new);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"response\": %s ,\"key\":\"op-1\"}",
        "{\"key\":\"op-1\",\"response\":%s}",
        "{\"metadata\":{\"key\":\"op-1\"},\"response\":%s}",
        "{\"key\":\"op-1\",\"response\":%s,\"error\":null,\"new\":[1,{}]}",
      })
  void responseIsPassedByteForByteWhereverTheKeyStands(String line) {
    assertThat(parse(line.formatted(RESPONSE)))
        .isInstanceOfSatisfying(
            ResultLine.Succeeded.class,
            answer -> {
              assertThat(answer.providerId()).isEqualTo("op-1");
              assertThat(new String(answer.body(), UTF_8)).isEqualTo(RESPONSE);
              assertThat(answer.model()).isEqualTo("gemini-2.5-flash");
              assertThat(answer.requestId()).isEqualTo("r-1");
              assertThat(answer.usage())
                  .isEqualTo(ReportedUsage.of(new TokenUsage(2_100, 2_000, 0, 160, 120)));
            });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"embedding\":{\"values\":[0.1,-2e-3]},\"usageMetadata\":{\"promptTokens\":\"12\"}}",
        "{\"embedding\":{\"values\":[0.1,-2e-3]},\"tokenCount\":\"12\"}",
        "{\"tokenCount\":12,\"usageMetadata\":{},\"embedding\":{\"values\":[0.1]}}",
      })
  void embeddingIsAResponseWithItsOwnNamesOfUsage(String response) {
    assertThat(parse("{\"key\":\"op-1\",\"response\":" + response + "}"))
        .isInstanceOfSatisfying(
            ResultLine.Succeeded.class,
            answer -> {
              assertThat(new String(answer.body(), UTF_8)).isEqualTo(response);
              assertThat(answer.model()).isEmpty();
              assertThat(answer.usage())
                  .isEqualTo(ReportedUsage.of(new TokenUsage(12, 0, 0, 0, 0)));
            });
  }

  @ParameterizedTest
  @CsvSource({
    "3, '', INVALID_ARGUMENT, 0, YOUR_INPUT",
    "5, '', NOT_FOUND, 0, YOUR_INPUT",
    "7, '', PERMISSION_DENIED, 0, ACCOUNT",
    "16, '', UNAUTHENTICATED, 0, ACCOUNT",
    "8, '', RESOURCE_EXHAUSTED, 0, RETRYABLE",
    "13, '', INTERNAL, 0, RETRYABLE",
    "14, '', UNAVAILABLE, 0, RETRYABLE",
    "4, '', DEADLINE_EXCEEDED, 0, RETRYABLE",
    "15, '', DATA_LOSS, 0, PROVIDER",
    "400, INVALID_ARGUMENT, INVALID_ARGUMENT, 400, YOUR_INPUT",
    "429, '', RESOURCE_EXHAUSTED, 429, RETRYABLE",
    "503, '', UNAVAILABLE, 503, RETRYABLE",
  })
  void errorHasTheNameOfItsNumber(
      int number, String status, String code, int statusCode, Verdict verdict) {
    String error =
        "{\"code\":"
            + number
            + ",\"message\":\"Why.\""
            + (status.isEmpty() ? "" : ",\"status\":\"" + status + "\"")
            + "}";
    for (String field : new String[] {"error", "status"}) {
      assertThat(parse("{\"" + field + "\":" + error + ",\"key\":\"op-1\"}"))
          .isInstanceOfSatisfying(
              ResultLine.Errored.class,
              line -> {
                assertThat(line.code()).isEqualTo(code);
                assertThat(line.message()).isEqualTo("Why.");
                assertThat(line.statusCode()).isEqualTo(statusCode);
                assertThat(line.verdict()).isEqualTo(verdict);
                assertThat(new String(line.body(), UTF_8)).isEqualTo(error);
              });
    }
  }

  @Test
  void requestThatGeminiCancelledIsCanceled() {
    assertThat(
            parse(
                "{\"key\":\"op-1\",\"error\":{\"code\":1,"
                    + "\"message\":\"The operation was cancelled.\"}}"))
        .isEqualTo(new ResultLine.Canceled("op-1", "The operation was cancelled."));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"key\":\"op-1\"}",
        "{\"key\":\"op-1\",\"response\":null}",
        "{\"key\":\"op-1\",\"response\":\"x\"}",
        "{\"key\":\"op-1\",\"response\":{}}",
        "{\"key\":\"op-1\",\"error\":{}}",
        "{\"key\":\"op-1\",\"error\":{\"code\":0,\"message\":\"?\"}}",
        "{\"key\":\"op-1\",\"error\":{\"code\":2,\"message\":\"?\"}}",
        "{\"key\":\"op-1\",\"error\":{\"code\":99}}",
        "{\"key\":\"op-1\",\"error\":{\"code\":1e30}}",
        "{\"key\":\"op-1\",\"error\":{\"code\":-13}}",
        "{\"key\":\"op-1\",\"error\":{\"code\":13},\"response\":{\"candidates\":[{\"index\":0}]}}",
      })
  void whatDoesNotSayWhatBecameOfItIsNeverTriedAgain(String line) {
    assertThat(parse(line))
        .isInstanceOfSatisfying(
            ResultLine.Errored.class,
            unclear -> {
              assertThat(unclear.code()).isEqualTo("unclear_result");
              assertThat(unclear.verdict()).isEqualTo(Verdict.UNCLEAR);
            });
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'promptFeedback':{'blockReason':'SAFETY'},'usageMetadata':{'promptTokenCount':9}}|prompt_blocked",
        "{'candidates':[],'usageMetadata':{'promptTokenCount':9}}|empty_response",
        "{'candidates':[{}],'usageMetadata':{'promptTokenCount':9}}|empty_response",
        "{'usageMetadata':{'promptTokenCount':9}}|unclear_result",
      })
  void aResponseWithoutAnAnswerIsAFailureAndStaysBilled(String response, String code) {
    assertThat(parse("{\"key\":\"op-1\",\"response\":" + response.replace('\'', '"') + "}"))
        .isInstanceOfSatisfying(
            ResultLine.Errored.class,
            line -> {
              assertThat(line.code()).isEqualTo(code);
              assertThat(line.verdict()).isEqualTo(Verdict.UNCLEAR);
              assertThat(line.usage().tokens().input()).isEqualTo(9);
            });
  }

  @Test
  void anAnswerWithoutUsageOrWithOddOneStaysAnAnswer() {
    assertThat(usage("{\"candidates\":[{\"finishReason\":\"SAFETY\"}]}"))
        .isEqualTo(ReportedUsage.MISSING);
    assertThat(
            usage("{\"candidates\":[{\"index\":0}],\"usageMetadata\":{\"promptTokenCount\":-1}}"))
        .isEqualTo(new ReportedUsage(TokenUsage.NONE, ReportedUsage.Standing.IMPLAUSIBLE));
  }

  @Test
  void whatIsNotPricedAsTextHasNoCost() {
    assertThat(usageOf("promptTokensDetails", "AUDIO").standing())
        .isEqualTo(ReportedUsage.Standing.OTHER_METERS);
    assertThat(usageOf("candidatesTokensDetails", "IMAGE").standing())
        .isEqualTo(ReportedUsage.Standing.OTHER_METERS);
    assertThat(usageOf("promptTokensDetails", "IMAGE").isCertain()).isTrue();
    assertThat(usageOf("candidatesTokensDetails", "TEXT").isCertain()).isTrue();
  }

  private ReportedUsage usageOf(String details, String modality) {
    return usage(
        "{\"candidates\":[{\"finishReason\":\"STOP\"}],\"usageMetadata\":{\"promptTokenCount\":9,"
            + "\"candidatesTokenCount\":3,\""
            + details
            + "\":[{\"tokenCount\":3,\"modality\":\""
            + modality
            + "\"}]}}");
  }

  private ReportedUsage usage(String response) {
    return parse("{\"key\":\"op-1\",\"response\":" + response + ",\"error\":{}}")
            instanceof ResultLine.Succeeded answered
        ? answered.usage()
        : null;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"key\":\"op-1\",\"response\":{\"a\":1}",
        "{\"key\":\"op-1\",\"response\":{\"candidates\":[",
      })
  void whatCanNotBeReadKeepsItsKey(String line) {
    assertThat(parse(line))
        .isInstanceOf(ResultLine.Unreadable.class)
        .extracting(ResultLine::providerId)
        .isEqualTo("op-1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "7", "{}", "{\"custom_id\":\"op-1\",\"response\":{}}"})
  void lineWithoutKeyIsUnreadable(String line) {
    assertThat(parse(line))
        .isInstanceOf(ResultLine.Unreadable.class)
        .extracting(ResultLine::providerId)
        .isNull();
  }

  @Property(tries = 300)
  void cutAnywhereNothingIsThrownAndNothingSucceeds(@ForAll @IntRange(max = 420) int length) {
    String line = "{\"key\":\"op-1\",\"response\":" + RESPONSE + "}";
    assertThat(parse(line.substring(0, Math.min(length, line.length() - 1))))
        .isInstanceOf(ResultLine.Unreadable.class);
  }

  @Test
  void inlinedResponsesAreReadOneByOne() throws IOException {
    String operation =
        "{\"name\":\"batches/a\",\"metadata\":{\"x\":[1,2]},\"done\":true,\"response\":{"
            + "\"inlinedResponses\":{\"inlinedResponses\":[ {\"metadata\":{\"key\":\"op-1\"},"
            + "\"response\":"
            + RESPONSE
            + "} , {\"error\":{\"code\":3,\"message\":\"m\"},\"metadata\":{\"key\":\"op-2\"}}]}}}";
    try (ArrayStream lines = stream(operation)) {
      assertThat(lines.next())
          .isInstanceOfSatisfying(
              ResultLine.Succeeded.class,
              line -> assertThat(new String(line.body(), UTF_8)).isEqualTo(RESPONSE));
      assertThat(lines.next()).isInstanceOf(ResultLine.Errored.class);
      assertThat(lines.next()).isNull();
      assertThat(lines.next()).isNull();
    }
    try (ArrayStream lines = stream("{\"name\":\"batches/a\"}")) {
      assertThat(lines.next()).isNull();
    }
  }

  private ArrayStream stream(String operation) {
    return new ArrayStream(operation.getBytes(UTF_8), "inlinedResponses", parser);
  }

  private ResultLine parse(String line) {
    byte[] bytes = ("\n\n" + line).getBytes(UTF_8);
    return parser.parse(bytes, 2, bytes.length - 2);
  }
}
