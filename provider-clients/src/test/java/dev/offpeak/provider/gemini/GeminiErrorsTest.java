package dev.offpeak.provider.gemini;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.offpeak.core.provider.ProviderError;
import dev.offpeak.provider.call.ErrorWords;
import dev.offpeak.provider.http.Effect;
import dev.offpeak.provider.server.Fixture;
import java.net.http.HttpHeaders;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GeminiErrorsTest {

  private static final String MISSING_FILE =
      "You do not have permission to access the File abc or it may not exist.";

  private final GeminiErrors errors =
      new GeminiErrors(new ErrorWords(new ObjectMapper(), "AIza-secret"), Fixture.CLOCK);

  @ParameterizedTest
  @CsvSource({
    "400, INVALID_ARGUMENT, Rejected, Rejected",
    "401, UNAUTHENTICATED, AccountProblem, AccountProblem",
    "403, PERMISSION_DENIED, AccountProblem, AccountProblem",
    "404, NOT_FOUND, Gone, Rejected",
    "409, ABORTED, Retryable, Retryable",
    "413, INVALID_ARGUMENT, Rejected, Rejected",
    "429, RESOURCE_EXHAUSTED, RateLimited, QuotaExceeded",
    "500, INTERNAL, Retryable, Ambiguous",
    "503, UNAVAILABLE, Retryable, Ambiguous",
    "504, DEADLINE_EXCEEDED, Retryable, Ambiguous",
  })
  void statusDecides(int status, String code, String whenReading, String whenCreating) {
    ProviderError read = map(GeminiCall.GET, status, body(status, code, "Because."), Effect.NONE);
    assertThat(read.getClass().getSimpleName()).isEqualTo(whenReading);
    assertThat(read.code()).isEqualTo(code);
    assertThat(read.message()).isEqualTo("get was answered with " + status + ": Because.");
    assertThat(create(status, body(status, code, "Because.")).getClass().getSimpleName())
        .isEqualTo(whenCreating);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "503 | UNAVAILABLE | The model is overloaded. Please try again later. | Ambiguous",
        "503 | UNAVAILABLE | The service is currently unavailable. | Ambiguous",
        "500 | RESOURCE_EXHAUSTED | Too much. | Retryable",
        "429 | RESOURCE_EXHAUSTED | Your prepayment credits are depleted. | AccountProblem",
        "429 | RESOURCE_EXHAUSTED | The project has exceeded its monthly spending cap. |"
            + " AccountProblem",
        "429 | RESOURCE_EXHAUSTED | You exceeded your current quota, please check your plan and"
            + " billing details. | QuotaExceeded",
      })
  void whatACreateCameToIsInTheWords(int status, String code, String said, String kind) {
    assertThat(create(status, body(status, code, said)).getClass().getSimpleName()).isEqualTo(kind);
  }

  @ParameterizedTest
  @CsvSource({"400, API_KEY_INVALID", "429, BILLING_DISABLED", "403, CONSUMER_SUSPENDED"})
  void theReasonInTheDetailsIsTheAccounts(int status, String reason) {
    String body =
        "{\"error\":{\"code\":%d,\"message\":\"No.\",\"status\":\"X\",\"details\":[{\"reason\":\"%s\"}]}}"
            .formatted(status, reason);
    assertThat(create(status, body)).isInstanceOf(ProviderError.AccountProblem.class);
  }

  @ParameterizedTest
  @CsvSource({"get_file", "delete_file", "download", "create"})
  void missingFileIsForbiddenAtGeminiAndGoneForUs(String operation) {
    String body = body(403, "PERMISSION_DENIED", MISSING_FILE);
    assertThat(map(operation, 403, body, Effect.NONE)).isInstanceOf(ProviderError.Gone.class);
    String revoked = body(403, "PERMISSION_DENIED", "Your API key was reported as leaked (file).");
    assertThat(map(operation, 403, revoked, Effect.NONE))
        .isInstanceOf(ProviderError.AccountProblem.class);
  }

  @Test
  void createThatFindsNoFileIsToldFromOneThatFindsNoModel() {
    assertThat(create(404, body(404, "NOT_FOUND", "File files/abc not found.")))
        .isInstanceOf(ProviderError.Gone.class);
    assertThat(create(404, body(404, "NOT_FOUND", "models/gemini-0 is not found for v1beta")))
        .isInstanceOf(ProviderError.Rejected.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "API key not valid. Please pass a valid API key. | AccountProblem",
        "User location is not supported for the API use. | AccountProblem",
        "Gemini API free tier is not available; enable billing. | AccountProblem",
        "The File abc is not in an ACTIVE state and usage is not allowed. | Retryable",
        "Invalid JSON payload received. Unknown name \"x\". | Rejected",
      })
  void badRequestIsNotAlwaysTheInput(String said, String kind) {
    assertThat(create(400, body(400, "FAILED_PRECONDITION", said.replace("\"", "'"))))
        .extracting(error -> error.getClass().getSimpleName())
        .isEqualTo(kind);
  }

  @ParameterizedTest
  @CsvSource({"34s, 34000", "0.5s, 500", "1.000000001s, 1000", "60s, 60000"})
  void retryInfoTellsTheWait(String delay, long millis) {
    String body =
        "{\"error\":{\"code\":429,\"message\":\"Quota"
            + " exceeded.\",\"status\":\"RESOURCE_EXHAUSTED\","
            + "\"details\":[{\"@type\":\"type.googleapis.com/google.rpc.QuotaFailure\","
            + "\"violations\":[{\"quotaMetric\":\"m\"}]},"
            + "{\"@type\":\"type.googleapis.com/google.rpc.RetryInfo\",\"retryDelay\":\""
            + delay
            + "\"}]}}";
    assertThat(create(429, body))
        .isInstanceOfSatisfying(
            ProviderError.RateLimited.class,
            limited -> assertThat(limited.after()).isBetween(millis(millis), millis(millis + 1)));
  }

  @Test
  void retryAfterIsReadWhereThereIsNoRetryInfo() {
    HttpHeaders headers =
        HttpHeaders.of(Map.of("retry-after", List.of("7")), (name, value) -> true);
    byte[] body = body(429, "RESOURCE_EXHAUSTED", "Quota exceeded.").getBytes(UTF_8);
    assertThat(errors.of(GeminiCall.CREATE, 429, headers, body, Effect.LEAVES_SOMETHING))
        .isInstanceOfSatisfying(
            ProviderError.RateLimited.class,
            limited -> assertThat(limited.after()).isEqualTo(Duration.ofSeconds(7)));
  }

  @Test
  void somethingThatIsNoErrorOfGeminiIsQuotedWithoutTheKey() {
    assertThat(create(502, "<html>AIza-secret</html>"))
        .isEqualTo(
            new ProviderError.Ambiguous(
                "http_502", "create was answered with 502: <html>***</html>"));
  }

  private static Duration millis(long millis) {
    return Duration.ofMillis(millis);
  }

  private static String body(int code, String status, String message) {
    return "{\"error\":{\"code\":%d,\"message\":\"%s\",\"status\":\"%s\"}}"
        .formatted(code, message, status);
  }

  private ProviderError create(int status, String body) {
    return map(GeminiCall.CREATE, status, body, Effect.LEAVES_SOMETHING);
  }

  private ProviderError map(String operation, int status, String body, Effect effect) {
    HttpHeaders none = HttpHeaders.of(Map.of(), (name, value) -> true);
    return errors.of(operation, status, none, body.getBytes(UTF_8), effect);
  }
}
