package dev.offpeak.provider.anthropic;

import com.fasterxml.jackson.databind.JsonNode;
import dev.offpeak.core.provider.ProviderError;
import dev.offpeak.core.provider.ProviderError.BadLine;
import dev.offpeak.provider.call.ErrorMapping;
import dev.offpeak.provider.call.ErrorWords;
import dev.offpeak.provider.call.JsonText;
import dev.offpeak.provider.http.Effect;
import dev.offpeak.provider.http.RetryAfter;
import java.net.http.HttpHeaders;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP error of Anthropic in our words (docs/providers B4). A body that is too large has bad
 * lines that nobody names: in halves it may pass.
 */
final class AnthropicErrors implements ErrorMapping {

  /** How a refused create names the request at fault. */
  private static final Pattern REQUEST = Pattern.compile("^requests\\.(\\d{1,6})\\b");

  /** How a refused create speaks of the limit on requests that wait (docs/providers B2). */
  private static final Pattern QUEUE =
      Pattern.compile("processing queue|queued|batch requests", Pattern.CASE_INSENSITIVE);

  /** How a 400 speaks of an account without money. */
  private static final Pattern NO_CREDIT =
      Pattern.compile("credit balance is too low", Pattern.CASE_INSENSITIVE);

  private final ErrorWords words;
  private final Clock clock;

  AnthropicErrors(ErrorWords words, Clock clock) {
    this.words = words;
    this.clock = clock;
  }

  @Override
  public ProviderError of(
      String operation, int status, HttpHeaders headers, byte[] body, Effect effect) {
    JsonNode answer = words.parse(body);
    JsonNode error = answer.path("error");
    String type = JsonText.find(error, "type", "http_" + status);
    String said = JsonText.find(error, "message", "");
    String code = JsonText.find(error.path("details"), "error_code", type);
    String message = words.answered(operation, status, said, body);
    if (AnthropicCodes.isAccount(type)
        || AnthropicCodes.isMoney(code)
        || NO_CREDIT.matcher(said).find()) {
      return new ProviderError.AccountProblem(code, message);
    }
    boolean isAnthropics = JsonText.find(answer, "type", "").equals("error");
    if (status >= 500 && isAnthropics && AnthropicCodes.isTurnedDown(type)) {
      return ErrorWords.turnedDown(code, message, wait(headers));
    }
    return switch (status) {
      case 401, 402, 403 -> new ProviderError.AccountProblem(code, message);
      case 404 ->
          effect == Effect.NONE
              ? new ProviderError.Gone(code, message)
              : new ProviderError.Rejected(code, message);
      case 409 -> new ProviderError.Retryable(code, message);
      case 413 -> new ProviderError.InvalidLines(code, message, List.of());
      case 429 -> tooMuch(code, message, said, effect, wait(headers));
      default ->
          status == 408 || status >= 500
              ? ErrorWords.unclear(code, message, effect)
              : rejected(code, message, said);
    };
  }

  private static ProviderError tooMuch(
      String code, String message, String said, Effect effect, @Nullable Duration wait) {
    boolean queueIsFull = effect == Effect.LEAVES_SOMETHING && QUEUE.matcher(said).find();
    return queueIsFull
        ? new ProviderError.QuotaExceeded(code, message, wait)
        : new ProviderError.RateLimited(code, message, wait);
  }

  /** Only the envelope is checked by a create, such as an id that is there twice. */
  private static ProviderError rejected(String code, String message, String said) {
    Matcher request = REQUEST.matcher(said);
    return request.find()
        ? new ProviderError.InvalidLines(
            code, message, List.of(new BadLine(Integer.parseInt(request.group(1)), code, message)))
        : new ProviderError.Rejected(code, message);
  }

  /** Retry-After, or else the reset of the limits that are used up. */
  private @Nullable Duration wait(HttpHeaders headers) {
    return RetryAfter.of(headers, clock).or(() -> longestReset(headers)).orElse(null);
  }

  private Optional<Duration> longestReset(HttpHeaders headers) {
    return Stream.of("requests", "tokens", "input-tokens", "output-tokens")
        .map("anthropic-ratelimit-"::concat)
        .filter(limit -> headers.firstValue(limit + "-remaining").orElse("").equals("0"))
        .flatMap(limit -> headers.firstValue(limit + "-reset").stream())
        .flatMap(reset -> until(reset).stream())
        .max(Duration::compareTo);
  }

  private Optional<Duration> until(String reset) {
    try {
      Instant then = OffsetDateTime.parse(reset.strip()).toInstant();
      Duration left = Duration.between(clock.instant(), then);
      return Optional.of(left.isNegative() ? Duration.ZERO : left);
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
