package dev.offpeak.provider.openai;

import com.fasterxml.jackson.databind.JsonNode;
import dev.offpeak.core.provider.ProviderError;
import dev.offpeak.provider.call.ErrorMapping;
import dev.offpeak.provider.call.ErrorWords;
import dev.offpeak.provider.call.JsonText;
import dev.offpeak.provider.http.Effect;
import dev.offpeak.provider.http.RetryAfter;
import java.net.http.HttpHeaders;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** An HTTP error of OpenAI in our words (docs/providers A4). */
final class OpenAiErrors implements ErrorMapping {

  private final ErrorWords words;
  private final Clock clock;

  OpenAiErrors(ErrorWords words, Clock clock) {
    this.words = words;
    this.clock = clock;
  }

  @Override
  public ProviderError of(
      String operation, int status, HttpHeaders headers, byte[] body, Effect effect) {
    JsonNode error = words.parse(body).path("error");
    String type = JsonText.find(error, "type", "http_" + status);
    String code = JsonText.find(error, "code", type);
    String said = JsonText.find(error, "message", "");
    String message = words.answered(operation, status, said, body);
    if (OpenAiCodes.isAccount(code) || OpenAiCodes.isAccount(type)) {
      return new ProviderError.AccountProblem(code, message);
    }
    if (status >= 500 && isOpenAis(error) && isTurnedDown(code, type)) {
      return ErrorWords.turnedDown(code, message, wait(headers));
    }
    return switch (status) {
      case 401, 402, 403 -> new ProviderError.AccountProblem(code, message);
      case 404 -> new ProviderError.Gone(code, message);
      case 409 -> new ProviderError.Retryable(code, message);
      case 429 -> new ProviderError.RateLimited(code, message, wait(headers));
      default ->
          status == 408 || status >= 500
              ? ErrorWords.unclear(code, message, effect)
              : new ProviderError.Rejected(code, message);
    };
  }

  /** The envelope that OpenAI's own errors have; a proxy's page has none. */
  private static boolean isOpenAis(JsonNode error) {
    return error.path("message").isTextual() && error.path("type").isTextual();
  }

  /** By its code only: a 503 of OpenAI's own can say "overloaded" of a create that took effect. */
  private static boolean isTurnedDown(String code, String type) {
    return OpenAiCodes.isTurnedDown(code) || OpenAiCodes.isTurnedDown(type);
  }

  /** Retry-After, or else the reset of the limit that is used up (of both when neither says so). */
  private @Nullable Duration wait(HttpHeaders headers) {
    return RetryAfter.of(headers, clock)
        .or(() -> longestReset(headers, true))
        .or(() -> longestReset(headers, false))
        .orElse(null);
  }

  private static Optional<Duration> longestReset(HttpHeaders headers, boolean usedUp) {
    return Stream.of("requests", "tokens")
        .filter(
            limit ->
                !usedUp
                    || headers.firstValue("x-ratelimit-remaining-" + limit).orElse("").equals("0"))
        .flatMap(limit -> headers.firstValue("x-ratelimit-reset-" + limit).stream())
        .flatMap(value -> GoDuration.parse(value).stream())
        .max(Duration::compareTo);
  }
}
