package dev.offpeak.provider.anthropic;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.offpeak.core.price.ReportedUsage;
import dev.offpeak.core.price.TokenUsage;
import dev.offpeak.provider.ResultLine;
import dev.offpeak.provider.ResultLine.Verdict;
import dev.offpeak.provider.line.JsonLineParser;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AnthropicLineTest {

  private static final String MESSAGE =
      "{\"id\":\"msg_014VwiXbi91y3JMjcpyGBHX5\",\"type\":\"message\",\"role\":\"assistant\","
          + "\"model\":\"claude-sonnet-4-5-20250929\", \"content\":[{\"type\":\"text\",\"text\":"
          + "\"Gr\\u00fc\\u00dfe \uD83D\uDE00 }\\\"\"}],\"stop_reason\":\"end_turn\","
          + "\"stop_sequence\":null,\"usage\":{\"input_tokens\":10,"
          + "\"cache_creation_input_tokens\":300,\"cache_read_input_tokens\":2000,"
          + "\"cache_creation\":{\"ephemeral_5m_input_tokens\":200,"
          + "\"ephemeral_1h_input_tokens\":100},\"output_tokens\":34,\"service_tier\":\"batch\"}}";

  private final JsonLineParser parser = new JsonLineParser(AnthropicLine::new);

  @Test
  void messageIsPassedByteForByte() {
    assertThat(
            parse(
                "{\"custom_id\":\"op-1\",\"result\":{\"type\":\"succeeded\",\"message\": "
                    + MESSAGE
                    + " }}"))
        .isInstanceOfSatisfying(
            ResultLine.Succeeded.class,
            line -> {
              assertThat(line.providerId()).isEqualTo("op-1");
              assertThat(line.statusCode()).isEqualTo(200);
              assertThat(line.model()).isEqualTo("claude-sonnet-4-5-20250929");
              assertThat(new String(line.body(), UTF_8)).isEqualTo(MESSAGE);
              assertThat(line.usage())
                  .isEqualTo(ReportedUsage.of(new TokenUsage(2_310, 2_000, 300, 34, 0, 100)));
            });
  }

  @Test
  void orderOfFieldsDoesNotMatter() {
    assertThat(
            parse(
                "{\"result\":{\"message\":"
                    + MESSAGE
                    + ",\"type\":\"succeeded\",\"new\":[{}]},\"more\":{\"a\":[1]},"
                    + "\"custom_id\":\"op-1\"}"))
        .isInstanceOf(ResultLine.Succeeded.class);
  }

  @ParameterizedTest
  @CsvSource({
    "invalid_request_error, YOUR_INPUT",
    "not_found_error, YOUR_INPUT",
    "request_too_large, YOUR_INPUT",
    "authentication_error, ACCOUNT",
    "permission_error, ACCOUNT",
    "billing_error, ACCOUNT",
    "rate_limit_error, RETRYABLE",
    "api_error, RETRYABLE",
    "overloaded_error, RETRYABLE",
    "timeout_error, RETRYABLE",
    "new_error, PROVIDER",
  })
  void errorStandsWithinAnErrorResponse(String type, Verdict verdict) {
    String inner = "{\"type\":\"" + type + "\",\"message\":\"max_tokens: too large\"}";
    String error = "{\"type\":\"error\",\"error\":" + inner + ",\"request_id\":\"req_1\"}";
    assertThat(
            parse(
                "{\"custom_id\":\"op-1\",\"result\":{\"type\":\"errored\",\"error\":"
                    + error
                    + "}}"))
        .isInstanceOfSatisfying(
            ResultLine.Errored.class,
            line -> {
              assertThat(line.code()).isEqualTo(type);
              assertThat(line.message()).isEqualTo("max_tokens: too large");
              assertThat(line.requestId()).isEqualTo("req_1");
              assertThat(line.statusCode()).isZero();
              assertThat(line.verdict()).isEqualTo(verdict);
              assertThat(new String(line.body(), UTF_8)).isEqualTo(error);
            });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"type\":\"overloaded_error\",\"message\":\"Overloaded\"}",
        "{\"error\":{\"message\":\"Overloaded\",\"type\":\"overloaded_error\"},\"type\":\"error\"}",
      })
  void errorIsReadInAnyNesting(String error) {
    assertThat(
            parse(
                "{\"custom_id\":\"op-1\",\"result\":{\"error\":"
                    + error
                    + ",\"type\":\"errored\"}}"))
        .isInstanceOfSatisfying(
            ResultLine.Errored.class,
            line -> {
              assertThat(line.code()).isEqualTo("overloaded_error");
              assertThat(line.message()).isEqualTo("Overloaded");
            });
  }

  @Test
  void notExecutedRequestsSayWhy() {
    assertThat(parse("{\"custom_id\":\"op-1\",\"result\":{\"type\":\"canceled\"}}"))
        .isInstanceOf(ResultLine.Canceled.class);
    assertThat(parse("{\"custom_id\":\"op-1\",\"result\":{\"type\":\"expired\"}}"))
        .isInstanceOf(ResultLine.Expired.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"custom_id\":\"op-1\"}",
        "{\"custom_id\":\"op-1\",\"result\":null}",
        "{\"custom_id\":\"op-1\",\"result\":{\"type\":\"succeeded\"}}",
        "{\"custom_id\":\"op-1\",\"result\":{\"type\":\"succeeded\",\"message\":null}}",
        "{\"custom_id\":\"op-1\",\"result\":{\"type\":\"succeeded\",\"message\":{}}}",
        "{\"custom_id\":\"op-1\",\"result\":{\"type\":\"paused\"}}",
        "{\"custom_id\":\"op-1\",\"result\":{\"message\":{\"content\":[{}]}}}",
        "{\"custom_id\":\"op-1\",\"result\":{\"type\":\"errored\"}}",
        "{\"custom_id\":\"op-1\",\"result\":{\"type\":\"errored\",\"error\":{}}}",
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

  @Test
  void aRefusalWithoutAWordIsAnAnswer() {
    String message =
        "{\"type\":\"message\",\"content\":[],\"stop_reason\":\"refusal\","
            + "\"usage\":{\"input_tokens\":3,\"output_tokens\":-9223372036854775808}}";
    assertThat(
            parse(
                "{\"custom_id\":\"op-1\",\"result\":{\"type\":\"succeeded\",\"message\":"
                    + message
                    + "}}"))
        .isInstanceOfSatisfying(
            ResultLine.Succeeded.class,
            line -> {
              assertThat(line.usage().isCertain()).isFalse();
              assertThat(line.usage().tokens()).isEqualTo(new TokenUsage(3, 0, 0, 0, 0));
            });
  }

  @Test
  void searchesHaveAPriceOfTheirOwn() {
    assertThat(standing("{\"web_search_requests\":2,\"web_fetch_requests\":0}"))
        .isEqualTo(ReportedUsage.Standing.OTHER_METERS);
    assertThat(standing("{\"web_search_requests\":0,\"web_fetch_requests\":2}"))
        .isEqualTo(ReportedUsage.Standing.REPORTED);
    assertThat(standing("null")).isEqualTo(ReportedUsage.Standing.REPORTED);
  }

  private ReportedUsage.Standing standing(String tools) {
    String message =
        "{\"type\":\"message\",\"content\":[],\"stop_reason\":\"end_turn\","
            + "\"usage\":{\"input_tokens\":3,\"output_tokens\":1,\"server_tool_use\":"
            + tools
            + "}}";
    return ((ResultLine.Succeeded)
            parse(
                "{\"custom_id\":\"op-1\",\"result\":{\"type\":\"succeeded\",\"message\":"
                    + message
                    + "}}"))
        .usage()
        .standing();
  }

  @Test
  void workOfAnUnclearResultStaysBilled() {
    assertThat(
            parse(
                "{\"custom_id\":\"op-1\",\"result\":{\"type\":\"done\",\"message\":"
                    + MESSAGE
                    + "}}"))
        .isInstanceOfSatisfying(
            ResultLine.Errored.class,
            line -> {
              assertThat(line.usage().tokens().output()).isEqualTo(34);
              assertThat(line.model()).isEqualTo("claude-sonnet-4-5-20250929");
              assertThat(new String(line.body(), UTF_8)).isEqualTo(MESSAGE);
            });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"custom_id\":\"op-1\",\"result\":{\"type\":\"succeeded\",\"message\":{\"id\":",
        "{\"custom_id\":\"op-1\",\"result\":{\"type\":\"errored\"",
      })
  void whatCanNotBeReadKeepsItsId(String line) {
    assertThat(parse(line))
        .isInstanceOf(ResultLine.Unreadable.class)
        .extracting(ResultLine::providerId)
        .isEqualTo("op-1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "null",
        "{}",
        "{\"result\":{\"type\":\"expired\"}}",
        "{\"custom_id\":7}"
      })
  void lineWithoutIdIsUnreadable(String line) {
    assertThat(parse(line))
        .isInstanceOf(ResultLine.Unreadable.class)
        .extracting(ResultLine::providerId)
        .isNull();
  }

  @Property(tries = 300)
  void cutAnywhereNothingIsThrownAndNothingSucceeds(@ForAll @IntRange(max = 560) int length) {
    String line =
        "{\"custom_id\":\"op-1\",\"result\":{\"type\":\"succeeded\",\"message\":" + MESSAGE + "}}";
    assertThat(parse(line.substring(0, Math.min(length, line.length() - 1))))
        .isInstanceOf(ResultLine.Unreadable.class);
  }

  @Property(tries = 300)
  void noiseIsUnreadable(@ForAll @StringLength(max = 60) String noise) {
    assertThat(parse("~" + noise)).isInstanceOf(ResultLine.Unreadable.class);
  }

  private ResultLine parse(String line) {
    byte[] bytes = ("\n\n" + line).getBytes(UTF_8);
    return parser.parse(bytes, 2, bytes.length - 2);
  }
}
