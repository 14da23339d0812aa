package dev.offpeak.provider.openai;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.offpeak.core.price.TokenUsage;
import dev.offpeak.provider.ResultLine;
import dev.offpeak.provider.ResultLine.Verdict;
import dev.offpeak.provider.line.JsonLineParser;
import dev.offpeak.provider.line.LineParser;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OpenAiLineParserTest {

  private final LineParser parser = new JsonLineParser(OpenAiLine::new);

  @Test
  void chatAnswerWithItsUsage() {
    String body =
        "{\"id\": \"c\", \"model\":\"gpt-4o-mini-2024-07-18\",\"choices\":[{\"error\":1}],"
            + "\"usage\":{\"prompt_tokens\":20,\"completion_tokens\":9,\"total_tokens\":29,"
            + "\"prompt_tokens_details\":{\"cached_tokens\":8,\"audio_tokens\":0},"
            + "\"completion_tokens_details\":{\"reasoning_tokens\":3}}}";
    ResultLine.Succeeded line = succeeded(executed(200, body, "null"));
    assertThat(line.providerId()).isEqualTo("op-1");
    assertThat(line.statusCode()).isEqualTo(200);
    assertThat(line.requestId()).isEqualTo("req_1");
    assertThat(line.model()).isEqualTo("gpt-4o-mini-2024-07-18");
    assertThat(line.body()).asString(UTF_8).isEqualTo(body);
    assertThat(line.usage()).isEqualTo(new TokenUsage(20, 8, 0, 9, 3));
  }

  @Test
  void usageOfTheOtherEndpoints() {
    assertThat(
            usage(
                """
                {"input_tokens":75,"input_tokens_details":{"cached_tokens":10,"cache_write_tokens":4},"output_tokens":11,"output_tokens_details":{"reasoning_tokens":5},"total_tokens":86}\
                """))
        .isEqualTo(new TokenUsage(75, 10, 4, 11, 5));
    assertThat(usage("{\"prompt_tokens\":5,\"total_tokens\":5}"))
        .isEqualTo(new TokenUsage(5, 0, 0, 0, 0));
    assertThat(usage("null")).isEqualTo(TokenUsage.NONE);
    assertThat(usage("{\"prompt_tokens\":null,\"prompt_tokens_details\":null}"))
        .isEqualTo(TokenUsage.NONE);
  }

  @Test
  void answerWithoutModelAndUsageIsASuccess() {
    ResultLine.Succeeded line = succeeded(executed(200, "{\"results\":[]}", "null"));
    assertThat(line.model()).isEmpty();
    assertThat(line.usage()).isEqualTo(TokenUsage.NONE);
  }

  @ParameterizedTest
  @CsvSource({
    "400, invalid_value, YOUR_INPUT",
    "401, invalid_api_key, ACCOUNT",
    "403, forbidden, ACCOUNT",
    "404, model_not_found, YOUR_INPUT",
    "429, rate_limit_exceeded, RETRYABLE",
    "429, insufficient_quota, ACCOUNT",
    "500, server_error, RETRYABLE",
    "503, overloaded, RETRYABLE",
    "0, '', RETRYABLE",
    "302, moved, PROVIDER",
  })
  void badStatusInsideALineWithoutErrorIsAnError(int status, String code, Verdict verdict) {
    String body =
        "{\"error\": {\"message\":\"Why.\",\"type\":\"t\",\"param\":null,\"code\":\""
            + code
            + "\"}}";
    ResultLine.Errored line = errored(executed(status, body, "null"));
    assertThat(line.statusCode()).isEqualTo(status);
    assertThat(line.code()).isEqualTo(code.isEmpty() ? "t" : code);
    assertThat(line.message()).isEqualTo("Why.");
    assertThat(line.body()).asString(UTF_8).isEqualTo(body);
    assertThat(line.verdict()).isEqualTo(verdict);
  }

  @Test
  void statusZeroWithoutABodyMayBeTriedAgain() {
    ResultLine.Errored line = errored(executed(0, "null", "null"));
    assertThat(line.code()).isEqualTo("http_0");
    assertThat(line.verdict()).isEqualTo(Verdict.RETRYABLE);
    assertThat(line.body()).isEmpty();
  }

  @Test
  void requestsThatWereNotExecuted() {
    assertThat(parse(unexecuted("batch_expired", "Too late.")))
        .isEqualTo(new ResultLine.Expired("op-1", "Too late."));
    assertThat(parse(unexecuted("batch_cancelled", "Stopped.")))
        .isEqualTo(new ResultLine.Canceled("op-1", "Stopped."));
    ResultLine.Errored line = errored(unexecuted("server_error", "Oops."));
    assertThat(line.statusCode()).isZero();
    assertThat(line.verdict()).isEqualTo(Verdict.RETRYABLE);
    assertThat(line.body())
        .asString(UTF_8)
        .isEqualTo("{\"code\":\"server_error\",\"message\":\"Oops.\"}");
    assertThat(errored(unexecuted("something_new", "?")).verdict()).isEqualTo(Verdict.PROVIDER);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"id\":\"r\",\"custom_id\":\"op-1\",\"response\":{\"status_code\":200,\"body\":{\"a\":tru}}}",
        "{\"id\":\"r\",\"custom_id\":\"op-1\",\"response\":{\"status_code\":200,\"body\":{\"a\":1",
        "{\"custom_id\":\"op-1\",\"response\":{\"status_code\":200,\"body\":{}}} {}",
        "{\"custom_id\":\"op-1\",\"response\":{\"status_code\":200,\"body\":null},\"error\":null}",
        "{\"custom_id\":\"op-1\",\"response\":null,\"error\":null}",
        "{\"custom_id\":\"op-1\"}",
      })
  void brokenLineKeepsItsId(String line) {
    assertThat(parse(line))
        .isInstanceOfSatisfying(
            ResultLine.Unreadable.class,
            unreadable -> {
              assertThat(unreadable.providerId()).isEqualTo("op-1");
              assertThat(unreadable.problem()).isNotBlank();
            });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"[]", "garbage", "\u0000\u0000", "{", "{\"response\":{}}", "{\"custom_id\":7}"})
  void brokenLineWithoutAnId(String line) {
    assertThat(parse(line))
        .isInstanceOfSatisfying(
            ResultLine.Unreadable.class,
            unreadable -> assertThat(unreadable.providerId()).isNull());
  }

  @Property
  void bodyIsPassedOnByteForByteWhereverItStands(
      @ForAll("bodies") String body, @ForAll @IntRange(max = 5) int before, @ForAll boolean last) {
    String response =
        last
            ? "{\"request_id\" : \"q\",\"status_code\":200, \"body\" : " + body + " }"
            : "{\"body\":" + body + ",\"status_code\":200}";
    String line =
        last
            ? "{\"error\": null,\"response\": " + response + " ,\"custom_id\":\"op-1\" }"
            : "{\"custom_id\":\"op-1\",\"response\":" + response + "}";
    byte[] padded = ("#".repeat(before) + line + "###").getBytes(UTF_8);
    ResultLine parsed = parser.parse(padded, before, line.getBytes(UTF_8).length);
    assertThat(parsed).isInstanceOf(ResultLine.Succeeded.class);
    assertThat(((ResultLine.Succeeded) parsed).body()).asString(UTF_8).isEqualTo(body);
  }

  @Provide
  Arbitrary<String> bodies() {
    Arbitrary<String> scalar =
        Arbitraries.of(
            "1", "-2.50e3", "true", "\"a\\\"b\"", "\"é漢😀\"", "\"\\u00e9\"", "\"\"", "[ ]", "{ }");
    Arbitrary<String> key = Arbitraries.of("model", "usage", "error", "é", "x", "");
    Arbitrary<String> object =
        Combinators.combine(key, scalar)
            .as((name, value) -> "\"" + name + "\" :\t" + value)
            .list()
            .ofMaxSize(5)
            .map(members -> "{ " + String.join(" , ", members) + "}");
    return Arbitraries.oneOf(
        object,
        scalar,
        object.list().ofMaxSize(3).map(items -> "[" + String.join(",", items) + "]"));
  }

  private static String executed(int status, String body, String error) {
    return "{\"id\":\"batch_req_1\",\"custom_id\":\"op-1\",\"response\":{\"status_code\":"
        + status
        + ",\"request_id\":\"req_1\",\"body\":"
        + body
        + "},\"error\":"
        + error
        + "}";
  }

  private static String unexecuted(String code, String message) {
    return "{\"id\":\"batch_req_1\",\"custom_id\":\"op-1\",\"response\":null,\"error\":{\"code\":\""
        + code
        + "\",\"message\":\""
        + message
        + "\"}}";
  }

  private TokenUsage usage(String usage) {
    return succeeded(executed(200, "{\"usage\":" + usage + "}", "null")).usage();
  }

  private ResultLine.Succeeded succeeded(String line) {
    ResultLine parsed = parse(line);
    assertThat(parsed).isInstanceOf(ResultLine.Succeeded.class);
    return (ResultLine.Succeeded) parsed;
  }

  private ResultLine.Errored errored(String line) {
    ResultLine parsed = parse(line);
    assertThat(parsed).isInstanceOf(ResultLine.Errored.class);
    return (ResultLine.Errored) parsed;
  }

  private ResultLine parse(String line) {
    byte[] bytes = line.getBytes(UTF_8);
    return parser.parse(bytes, 0, bytes.length);
  }
}
