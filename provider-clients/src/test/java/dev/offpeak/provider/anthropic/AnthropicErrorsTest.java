package dev.offpeak.provider.anthropic;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.offpeak.core.provider.ProviderError;
import dev.offpeak.core.provider.ProviderError.BadLine;
import dev.offpeak.provider.call.ErrorWords;
import dev.offpeak.provider.http.Effect;
import dev.offpeak.provider.server.Fixture;
import java.net.http.HttpHeaders;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnthropicErrorsTest {

  private final AnthropicErrors errors =
      new AnthropicErrors(new ErrorWords(new ObjectMapper(), "sk-ant-secret"), Fixture.CLOCK);

  @ParameterizedTest
  @CsvSource({
    "400, invalid_request_error, Rejected, Rejected",
    "401, authentication_error, AccountProblem, AccountProblem",
    "402, billing_error, AccountProblem, AccountProblem",
    "403, permission_error, AccountProblem, AccountProblem",
    "404, not_found_error, Gone, Rejected",
    "408, timeout_error, Retryable, Ambiguous",
    "409, conflict_error, Retryable, Retryable",
    "412, precondition_failed, Rejected, Rejected",
    "413, request_too_large, InvalidLines, InvalidLines",
    "422, invalid_request_error, Rejected, Rejected",
    "429, rate_limit_error, RateLimited, RateLimited",
    "431, invalid_request_error, Rejected, Rejected",
    "500, api_error, Retryable, Ambiguous",
    "503, api_error, Retryable, Ambiguous",
    "504, timeout_error, Retryable, Ambiguous",
    "529, overloaded_error, Retryable, Retryable",
    "503, overloaded_error, Retryable, Retryable",
    "529, api_error, Retryable, Ambiguous",
  })
  void statusAndTypeDecide(int status, String type, String whenReading, String whenCreating) {
    ProviderError read = map(status, body(type, "Because."), Effect.NONE);
    assertThat(read.getClass().getSimpleName()).isEqualTo(whenReading);
    assertThat(read.code()).isEqualTo(type);
    assertThat(read.message()).isEqualTo("create was answered with " + status + ": Because.");
    assertThat(
            map(status, body(type, "Because."), Effect.LEAVES_SOMETHING).getClass().getSimpleName())
        .isEqualTo(whenCreating);
  }

  @ParameterizedTest
  @CsvSource({
    "contract_spend_limit_reached",
    "enforced_spend_limit_reached",
    "workspace_spend_limit_reached",
  })
  void spendLimitIsNoRateLimitEvenAs429(String code) {
    String body =
        "{\"type\":\"error\",\"error\":{\"type\":\"rate_limit_error\",\"message\":\"Limit.\","
            + "\"details\":{\"error_code\":\""
            + code
            + "\"}},\"request_id\":\"req_1\"}";
    assertThat(map(429, body, Effect.LEAVES_SOMETHING, "retry-after: 5"))
        .isInstanceOf(ProviderError.AccountProblem.class)
        .extracting(ProviderError::code)
        .isEqualTo(code);
  }

  @Test
  void growthThatIsTooFastIsARateLimit() {
    String body =
        "{\"type\":\"error\",\"error\":{\"type\":\"rate_limit_error\",\"message\":\"Ramp.\","
            + "\"details\":{\"error_code\":\"ramp_limit_reached\"}}}";
    assertThat(map(429, body, Effect.LEAVES_SOMETHING))
        .isInstanceOf(ProviderError.RateLimited.class);
  }

  @Test
  void anAccountWithoutCreditIsTheAccounts() {
    String body =
        body(
            "invalid_request_error",
            "Your credit balance is too low to access the Anthropic API. Please buy credits.");
    assertThat(map(400, body, Effect.LEAVES_SOMETHING))
        .isInstanceOf(ProviderError.AccountProblem.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "<html>overloaded</html>",
        "{\"error\":{\"type\":\"overloaded_error\",\"message\":\"from a proxy\"}}",
        "{\"type\":\"overloaded_error\"}",
        "''",
      })
  void whatAProxySaysOfACreateProvesNothing(String body) {
    assertThat(map(529, body, Effect.LEAVES_SOMETHING)).isInstanceOf(ProviderError.Ambiguous.class);
  }

  @Test
  void spendLimitIsTheAccountsUnderItsOwnCode() {
    String body =
        "{\"type\":\"error\",\"error\":{\"type\":\"billing_error\",\"message\":\"Spend limit.\","
            + "\"details\":{\"error_code\":\"enforced_limit_reached\"}},\"request_id\":\"req_1\"}";
    assertThat(map(400, body, Effect.LEAVES_SOMETHING))
        .isInstanceOf(ProviderError.AccountProblem.class)
        .extracting(ProviderError::code)
        .isEqualTo("enforced_limit_reached");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "retry-after: 17 | 17000",
        "retry-after: 0.5 | 500",
        "retry-after-ms: 1500 | 1500",
        "retry-after: Tue, 24 Nov 2026 12:00:30 GMT | 30000",
        "anthropic-ratelimit-requests-remaining: 0; anthropic-ratelimit-requests-reset:"
            + " 2026-11-24T12:01:00Z | 60000",
        "anthropic-ratelimit-input-tokens-remaining: 0; anthropic-ratelimit-input-tokens-reset:"
            + " 2026-11-24T11:59:00Z | 0",
      })
  void waitIsTakenFromWhereverItStands(String headers, long millis) {
    assertThat(map(429, body("rate_limit_error", "Slow down."), Effect.NONE, headers.split("; ")))
        .isInstanceOfSatisfying(
            ProviderError.RateLimited.class,
            limited -> assertThat(limited.after()).isEqualTo(Duration.ofMillis(millis)));
  }

  @Test
  void limitThatIsNotUsedUpTellsNoWait() {
    assertThat(
            map(
                429,
                body("rate_limit_error", "Slow down."),
                Effect.NONE,
                "anthropic-ratelimit-tokens-remaining: 5",
                "anthropic-ratelimit-tokens-reset: 2026-11-24T12:01:00Z",
                "anthropic-ratelimit-requests-remaining: 0",
                "anthropic-ratelimit-requests-reset: soon"))
        .isInstanceOfSatisfying(
            ProviderError.RateLimited.class, limited -> assertThat(limited.after()).isNull());
  }

  @Test
  void fullQueueOfRequestsIsAQuota() {
    String body =
        body("rate_limit_error", "Too many batch requests in processing queue (200000 of 200000).");
    assertThat(map(429, body, Effect.LEAVES_SOMETHING, "retry-after: 60"))
        .isInstanceOfSatisfying(
            ProviderError.QuotaExceeded.class,
            full -> assertThat(full.after()).isEqualTo(Duration.ofMinutes(1)));
    assertThat(map(429, body, Effect.NONE)).isInstanceOf(ProviderError.RateLimited.class);
  }

  @Test
  void requestAtFaultIsNamed() {
    String body =
        body(
            "invalid_request_error",
            "requests.7.custom_id: String should match pattern '^[a-zA-Z0-9_-]{1,64}$'");
    assertThat(map(400, body, Effect.LEAVES_SOMETHING))
        .isInstanceOfSatisfying(
            ProviderError.InvalidLines.class,
            invalid -> assertThat(invalid.lines()).extracting(BadLine::index).containsExactly(7));
  }

  @Test
  void somethingThatIsNoErrorOfAnthropicIsQuotedWithoutTheKey() {
    ProviderError error = map(502, "<html>sk-ant-secret</html>", Effect.NONE);
    assertThat(error)
        .isEqualTo(
            new ProviderError.Retryable(
                "http_502", "create was answered with 502: <html>***</html>"));
  }

  private static String body(String type, String message) {
    return "{\"type\":\"error\",\"error\":{\"type\":\""
        + type
        + "\",\"message\":\""
        + message
        + "\"},\"request_id\":\"req_011CSHoEeqs5C35K2UUqR7Fy\"}";
  }

  private ProviderError map(int status, String body, Effect effect, String... headers) {
    Map<String, List<String>> byName =
        Arrays.stream(headers)
            .map(header -> header.split(": ", 2))
            .collect(Collectors.toMap(header -> header[0], header -> List.of(header[1])));
    return errors.of(
        "create", status, HttpHeaders.of(byName, (n, v) -> true), body.getBytes(UTF_8), effect);
  }
}
