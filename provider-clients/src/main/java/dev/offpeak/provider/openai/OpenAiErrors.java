package dev.offpeak.provider.openai;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.offpeak.provider.ProviderError;
import dev.offpeak.provider.http.Effect;
import dev.offpeak.provider.http.RetryAfter;
import java.io.IOException;
import java.net.http.HttpHeaders;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** An HTTP error of OpenAI in our words (PROVIDERS.md A4). */
final class OpenAiErrors {

  private static final int MESSAGE_LIMIT = 1000;

  private final ObjectMapper json;
  private final Clock clock;
  private final String key;

  /**
   * Maps errors of one account.
   *
   * @param key never to appear in a message
   */
  OpenAiErrors(ObjectMapper json, Clock clock, String key) {
    this.json = json;
    this.clock = clock;
    this.key = key;
  }

  ProviderError of(String operation, int status, HttpHeaders headers, byte[] body, Effect effect) {
    JsonNode error = parse(body).path("error");
    String code = text(error, "code").or(() -> text(error, "type")).orElse("http_" + status);
    String said = text(error, "message").orElseGet(() -> new String(body, UTF_8).strip());
    String message = redact(operation + " was answered with " + status + ": " + said);
    if (OpenAiCodes.isAccount(code)) {
      return new ProviderError.AccountProblem(code, message);
    }
    return switch (status) {
      case 401, 402, 403 -> new ProviderError.AccountProblem(code, message);
      case 404 -> new ProviderError.Gone(code, message);
      case 409 -> new ProviderError.Retryable(code, message);
      case 429 -> new ProviderError.RateLimited(code, message, wait(headers));
      default ->
          status == 408 || status >= 500
              ? unclear(code, message, effect)
              : new ProviderError.Rejected(code, message);
    };
  }

  /** An answer with a good status that can't be read: what it was about has happened. */
  ProviderError unreadable(String operation, Effect effect, String problem) {
    return unclear(
        "unreadable_answer",
        redact(operation + " was answered with something unreadable: " + problem),
        effect);
  }

  private static ProviderError unclear(String code, String message, Effect effect) {
    return effect == Effect.NONE
        ? new ProviderError.Retryable(code, message)
        : new ProviderError.Ambiguous(code, message);
  }

  private JsonNode parse(byte[] body) {
    try {
      JsonNode parsed = json.readTree(body);
      return parsed == null ? MissingNode.getInstance() : parsed;
    } catch (IOException e) {
      return MissingNode.getInstance();
    }
  }

  private static Optional<String> text(JsonNode node, String field) {
    return Optional.of(node.path(field).asText("")).filter(text -> !text.isBlank());
  }

  /** Bodies of proxies can be long pages, and a provider may quote the key. */
  private String redact(String message) {
    String hidden = message.replace(key, "***");
    return hidden.length() <= MESSAGE_LIMIT ? hidden : hidden.substring(0, MESSAGE_LIMIT) + "…";
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
