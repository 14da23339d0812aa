package dev.offpeak.provider.openai;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.offpeak.core.provider.ProviderError;
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

class OpenAiErrorsTest {

  private final ErrorWords words = new ErrorWords(new ObjectMapper(), "sk-secret");
  private final OpenAiErrors errors = new OpenAiErrors(words, Fixture.CLOCK);

  @ParameterizedTest
  @CsvSource({
    "400, invalid_value, Rejected, Rejected",
    "400, billing_hard_limit_reached, AccountProblem, AccountProblem",
    "401, invalid_api_key, AccountProblem, AccountProblem",
    "402, payment, AccountProblem, AccountProblem",
    "403, unsupported_country, AccountProblem, AccountProblem",
    "404, not_found, Gone, Gone",
    "408, timeout, Retryable, Ambiguous",
    "409, conflict, Retryable, Retryable",
    "413, too_large, Rejected, Rejected",
    "422, unprocessable, Rejected, Rejected",
    "429, rate_limit_exceeded, RateLimited, RateLimited",
    "429, insufficient_quota, AccountProblem, AccountProblem",
    "500, server_error, Retryable, Ambiguous",
    "502, bad_gateway, Retryable, Ambiguous",
    "503, service_unavailable, Retryable, Ambiguous",
    "503, overloaded, Retryable, Retryable",
    "503, server_is_overloaded, Retryable, Retryable",
    "500, rate_limit_exceeded, Retryable, Retryable",
  })
  void statusAndCodeDecide(int status, String code, String whenReading, String whenCreating) {
    String body =
        "{\"error\":{\"message\":\"Because.\",\"type\":\"t\",\"param\":null,\"code\":\""
            + code
            + "\"}}";
    ProviderError read = map(status, body, Effect.NONE);
    assertThat(read.getClass().getSimpleName()).isEqualTo(whenReading);
    assertThat(read.code()).isEqualTo(code);
    assertThat(read.message()).isEqualTo("get was answered with " + status + ": Because.");
    assertThat(map(status, body, Effect.LEAVES_SOMETHING).getClass().getSimpleName())
        .isEqualTo(whenCreating);
  }

  @Test
  void whoSaysThatItDidNotTakeTheCallMustBeOpenAiItself() {
    String own =
        "{\"error\":{\"message\":\"m\",\"type\":\"service_unavailable_error\","
            + "\"code\":\"server_is_overloaded\"}}";
    String proxy = "{\"error\":{\"code\":\"server_is_overloaded\"}}";

    assertThat(map(503, own, Effect.LEAVES_SOMETHING)).isInstanceOf(ProviderError.Retryable.class);
    assertThat(map(503, proxy, Effect.LEAVES_SOMETHING))
        .isInstanceOf(ProviderError.Ambiguous.class);
  }

  @Test
  void whatAnAnswerSaysInWordsOnlyProvesNothing() {
    String body =
        "{\"error\":{\"message\":\"The server is overloaded or not ready yet.\","
            + "\"type\":\"server_error\",\"param\":null,\"code\":null}}";
    assertThat(map(503, body, Effect.LEAVES_SOMETHING)).isInstanceOf(ProviderError.Ambiguous.class);
  }

  @Test
  void whatTheTypeSaysOfTheAccountHoldsWhateverTheCode() {
    String body =
        "{\"error\":{\"message\":\"No more.\",\"type\":\"insufficient_quota\",\"param\":null,"
            + "\"code\":\"exceeded_current_quota\"}}";
    assertThat(map(429, body, Effect.LEAVES_SOMETHING))
        .isInstanceOf(ProviderError.AccountProblem.class);
  }

  @Test
  void tooLargeFileIsRejected() {
    String body =
        "{\"error\":{\"message\":\"File is too large.\",\"type\":\"invalid_request_error\","
            + "\"param\":null,\"code\":null}}";
    assertThat(map(400, body, Effect.LEAVES_SOMETHING))
        .isEqualTo(
            new ProviderError.Rejected(
                "invalid_request_error", "get was answered with 400: File is too large."));
  }

  @Test
  void pageOfAProxyIsQuotedShort() {
    ProviderError error = map(502, "<html>" + "x".repeat(5_000), Effect.NONE);
    assertThat(error.code()).isEqualTo("http_502");
    assertThat(error.message()).startsWith("get was answered with 502: <html>x").hasSize(1_001);
  }

  @Test
  void keyIsNeverQuoted() {
    ProviderError error =
        map(401, "{\"error\":{\"message\":\"Incorrect key: sk-secret.\"}}", Effect.NONE);
    assertThat(error.message()).isEqualTo("get was answered with 401: Incorrect key: ***.");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "retry-after: 7 | PT7S",
        "retry-after: 0.5 | PT0.5S",
        "retry-after-ms: 1500; retry-after: 9 | PT1.5S",
        "retry-after: Tue, 24 Nov 2026 12:01:00 GMT | PT1M",
        "retry-after: Tue, 24 Nov 2026 11:00:00 GMT | PT0S",
        "retry-after: soon |",
        "retry-after: -3 |",
        "x-ratelimit-reset-requests: 6m0s; x-ratelimit-reset-tokens: 20ms | PT6M",
        "x-ratelimit-remaining-tokens: 0; x-ratelimit-reset-tokens: 1.5s;"
            + " x-ratelimit-reset-requests: 1h | PT1.5S",
        "retry-after: soon; x-ratelimit-reset-tokens: 1h2m3s | PT1H2M3S",
        "x-ratelimit-reset-tokens: later |",
        "server: x |",
      })
  void waitComesFromTheHeaders(String headers, Duration expected) {
    Map<String, List<String>> map =
        Arrays.stream(headers.split("; "))
            .collect(
                Collectors.toMap(
                    header -> header.split(": ")[0], header -> List.of(header.split(": ")[1])));
    ProviderError error =
        errors.of("get", 429, HttpHeaders.of(map, (name, value) -> true), new byte[0], Effect.NONE);
    assertThat(error).isInstanceOf(ProviderError.RateLimited.class);
    assertThat(((ProviderError.RateLimited) error).after()).isEqualTo(expected);
  }

  private ProviderError map(int status, String body, Effect effect) {
    HttpHeaders none = HttpHeaders.of(Map.of(), (name, value) -> true);
    return errors.of("get", status, none, body.getBytes(UTF_8), effect);
  }
}
