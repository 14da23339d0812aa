package dev.offpeak.provider.openai;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.offpeak.core.price.ReportedUsage;
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
    assertThat(line.usage()).isEqualTo(ReportedUsage.of(new TokenUsage(20, 8, 0, 9, 3)));
  }

  @Test
  void usageOfTheOtherEndpoints() {
    assertThat(
            usage(
                """
                {"input_tokens":75,"input_tokens_details":{"cached_tokens":10,"cache_write_tokens":4},"output_tokens":11,"output_tokens_details":{"reasoning_tokens":5},"total_tokens":86}\
                """))
        .isEqualTo(ReportedUsage.of(new TokenUsage(75, 10, 4, 11, 5)));
    assertThat(usage("{\"prompt_tokens\":5,\"total_tokens\":5}"))
        .isEqualTo(ReportedUsage.of(new TokenUsage(5, 0, 0, 0, 0)));
    assertThat(usage("null")).isEqualTo(ReportedUsage.MISSING);
    assertThat(
            usage(
                "{\"prompt_tokens\":5,\"prompt_tokens_details\":{\"audio_tokens\":0},"
                    + "\"completion_tokens\":2,\"completion_tokens_details\":{\"audio_tokens\":1}}"))
        .as("audio has a price of its own")
        .isEqualTo(
            new ReportedUsage(new TokenUsage(5, 0, 0, 2, 0), ReportedUsage.Standing.OTHER_METERS));
    assertThat(
            usage("{\"prompt_tokens\":5,\"prompt_tokens_details\":{\"audio_tokens\":0}}")
                .isCertain())
        .isTrue();
    assertThat(usage("{\"prompt_tokens\":null,\"prompt_tokens_details\":null}"))
        .isEqualTo(ReportedUsage.MISSING);
  }

  @Test
  void answerWithoutModelAndUsageIsASuccess() {
    ResultLine.Succeeded line = succeeded(executed(200, "{\"results\":[{}]}", "null"));
    assertThat(line.model()).isEmpty();
    assertThat(line.usage()).isEqualTo(ReportedUsage.MISSING);
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
        "{\"custom_id\":\"op-1\",\"response\":{\"body\":{\"choices\":[{}]}}}",
        "{\"custom_id\":\"op-1\",\"response\":{\"status_code\":null,\"body\":{\"choices\":[{}]}}}",
        "{\"custom_id\":\"op-1\",\"response\":{\"status_code\":0,\"body\":null}}",
        "{\"custom_id\":\"op-1\",\"response\":{\"status_code\":-200,\"body\":{\"choices\":[{}]}}}",
        "{\"custom_id\":\"op-1\",\"response\":{\"status_code\":1e30,\"body\":{\"error\":{\"code\":\"server_error\"}}}}",
        "{\"custom_id\":\"op-1\",\"response\":{\"status_code\":200,\"body\":null},\"error\":null}",
        "{\"custom_id\":\"op-1\",\"response\":{\"status_code\":200,\"body\":\"busy\"}}",
        "{\"custom_id\":\"op-1\",\"response\":{\"status_code\":200,\"body\":{}}}",
        "{\"custom_id\":\"op-1\",\"response\":{\"status_code\":200,\"body\":{\"id\":\"x\",\"usage\":{}}}}",
        "{\"custom_id\":\"op-1\",\"response\":{\"status_code\":200,\"body\":{\"error\":{}}}}",
        "{\"custom_id\":\"op-1\",\"response\":{}}",
        "{\"custom_id\":\"op-1\",\"response\":null,\"error\":null}",
        "{\"custom_id\":\"op-1\",\"response\":null,\"error\":{}}",
        "{\"custom_id\":\"op-1\",\"response\":null,\"error\":\"oops\"}",
        "{\"custom_id\":\"op-1\"}",
      })
  void whatDoesNotSayWhatBecameOfItIsNeverTriedAgain(String line) {
    ResultLine.Errored unclear = errored(line);
    assertThat(unclear.code()).isEqualTo("unclear_result");
    assertThat(unclear.verdict()).isEqualTo(Verdict.UNCLEAR);
    assertThat(unclear.message()).isNotBlank();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'error':{'code':'server_error','message':'m'},'usage':{'input_tokens':7}}|server_error|7",
        "{'choices':[{}],'error':{'code':'x'}}|x|0",
        "{'status':'failed','error':null,'output':[{}],'usage':{'input_tokens':7}}|unclear_result|7",
        "{'status':'failed','error':{'code':'rate_limit_exceeded'},'output':[]}|rate_limit_exceeded|0",
        "{'status':'incomplete','output':[],'incomplete_details':{'reason':'max_output_tokens'},'usage':{'input_tokens':3}}|empty_response|3",
        "{'status':'incomplete','id':'r','tools':[1]}|empty_response|0",
        "{'status':'cancelled','output':[]}|empty_response|0",
        "{'id':'c','choices':[],'usage':{'prompt_tokens':5}}|empty_response|5",
      })
  void aFailureWithAGoodStatusIsOneAndStaysBilled(String body, String code, long billed) {
    ResultLine.Errored line = errored(executed(200, body.replace('\'', '"'), "null"));
    assertThat(line.code()).isEqualTo(code);
    assertThat(line.verdict()).isEqualTo(Verdict.UNCLEAR);
    assertThat(line.usage().tokens().input()).isEqualTo(billed);
    assertThat(line.message()).isNotBlank();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"status\":\"incomplete\",\"output\":[{\"type\":\"message\"}],\"error\":null}",
        "{\"status\":\"completed\",\"output\":[],\"error\":null}",
        "{\"id\":\"v\",\"object\":\"video\",\"status\":\"queued\",\"progress\":0}",
        "{\"choices\":[{\"finish_reason\":\"content_filter\"}],\"error\":{}}",
        "{\"object\":\"list\",\"data\":[{\"embedding\":[NaN]}]}",
      })
  void anAnswerStaysOne(String body) {
    assertThat(succeeded(executed(200, body, "null")).body()).asString(UTF_8).isEqualTo(body);
  }

  @Test
  void aResponseBesideAnErrorIsNoAnswerAndNotTriedAgain() {
    ResultLine.Errored line =
        errored(
            executed(
                200,
                "{\"choices\":[{}],\"usage\":{\"prompt_tokens\":5}}",
                "{\"code\":\"server_error\",\"message\":\"m\"}"));
    assertThat(line.code()).isEqualTo("server_error");
    assertThat(line.verdict()).isEqualTo(Verdict.UNCLEAR);
    assertThat(line.usage().tokens().input()).isEqualTo(5);
  }

  @Test
  void anErrorWithASignOfWorkMayBeBilledAndIsNotTriedAgain() {
    String body = "{\"error\":{\"code\":\"server_error\"},\"usage\":{\"prompt_tokens\":5}}";
    assertThat(errored(executed(500, body, "null")).verdict()).isEqualTo(Verdict.UNCLEAR);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"Too many, later\"", "{\"detail\" : \"Too many, later\"}"})
  void anErrorWithoutAMessageHasTheWordsOfItsBody(String body) {
    ResultLine.Errored line = errored(executed(429, body, "null"));
    assertThat(line.code()).isEqualTo("http_429");
    assertThat(line.message()).isEqualTo(body);
    assertThat(line.verdict()).isEqualTo(Verdict.RETRYABLE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-9223372036854775808",
        "-1",
        "1e30",
        "2.5",
        "99999999999999999999999999",
        "9223372036854775807",
        "NaN",
        "-Infinity",
        "\"many\"",
        "true",
        "[1]",
        "{\"a\":1}",
      })
  void anAnswerIsNotLostForAnOddCount(String count) {
    ReportedUsage usage = usage("{\"prompt_tokens\":20,\"completion_tokens\":" + count + "}");
    assertThat(usage)
        .isEqualTo(
            new ReportedUsage(new TokenUsage(20, 0, 0, 0, 0), ReportedUsage.Standing.IMPLAUSIBLE));
  }

  @Test
  void norForOneOfThousandsOfDigits() {
    assertThat(usage("{\"prompt_tokens\":" + "9".repeat(5_000) + "}").isCertain()).isFalse();
    assertThat(usage("{\"prompt_tokens\":1." + "0".repeat(5_000) + "}").isCertain()).isFalse();
    assertThat(usage("{\"prompt_tokens\":5,\"prompt_tokens_details\":{\"cached_tokens\":6}}"))
        .isEqualTo(
            new ReportedUsage(new TokenUsage(5, 6, 0, 0, 0), ReportedUsage.Standing.IMPLAUSIBLE));
  }

  @ParameterizedTest
  @ValueSource(strings = {"12", "12.0", "1.2e1", "\"12\""})
  void aWholeNumberIsOneHoweverItIsWritten(String count) {
    assertThat(usage("{\"prompt_tokens\":" + count + "}"))
        .isEqualTo(ReportedUsage.of(new TokenUsage(12, 0, 0, 0, 0)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"id\":\"r\",\"custom_id\":\"op-1\",\"response\":{\"status_code\":200,\"body\":{\"a\":tru}}}",
        "{\"id\":\"r\",\"custom_id\":\"op-1\",\"response\":{\"status_code\":200,\"body\":{\"a\":1",
        "{\"custom_id\":\"op-1\",\"response\":{\"status_code\":200,\"body\":{}}} {}",
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
    assertThat(bodyOf(parsed)).asString(UTF_8).isEqualTo(body);
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

  private static byte[] bodyOf(ResultLine line) {
    return switch (line) {
      case ResultLine.Succeeded answered -> answered.body();
      case ResultLine.Errored failed -> failed.body();
      default -> throw new AssertionError(line);
    };
  }

  private ReportedUsage usage(String usage) {
    return succeeded(executed(200, "{\"data\":[1],\"usage\":" + usage + "}", "null")).usage();
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
