package dev.offpeak.provider.gemini;

import com.fasterxml.jackson.databind.JsonNode;
import dev.offpeak.core.provider.ProviderError;
import dev.offpeak.provider.call.ErrorMapping;
import dev.offpeak.provider.call.ErrorWords;
import dev.offpeak.provider.call.JsonText;
import dev.offpeak.provider.http.Effect;
import dev.offpeak.provider.http.RetryAfter;
import java.math.BigDecimal;
import java.net.http.HttpHeaders;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** An HTTP error of Gemini in our words (docs/providers C4). */
final class GeminiErrors implements ErrorMapping {

  /** Calls whose 403 may mean that the file is another's or does not exist. */
  private static final Set<String> ON_FILES =
      Set.of(GeminiCall.GET_FILE, GeminiCall.DELETE_FILE, GeminiCall.DOWNLOAD, GeminiCall.CREATE);

  /** Calls whose 429 means that something is full when it does not say how long to wait. */
  private static final Set<String> TAKING_ROOM = Set.of(GeminiCall.CREATE, GeminiCall.START_UPLOAD);

  private static final Pattern ACCOUNT =
      Pattern.compile("api.?key|billing|location is not supported", Pattern.CASE_INSENSITIVE);

  /** How an account without money is told, also with 429: to wait for it is idle. */
  private static final Pattern NO_MONEY =
      Pattern.compile(
          "spend(ing)? (cap|limit)|credits? (are|is) depleted|billing account .*(closed|disabled)",
          Pattern.CASE_INSENSITIVE);

  /** Reasons of google.rpc.ErrorInfo that are the account's, with whatever status. */
  private static final Set<String> ACCOUNT_REASONS =
      Set.of(
          "API_KEY_INVALID",
          "API_KEY_EXPIRED",
          "API_KEY_SERVICE_BLOCKED",
          "API_KEY_IP_ADDRESS_BLOCKED",
          "API_KEY_HTTP_REFERRER_BLOCKED",
          "BILLING_DISABLED",
          "SERVICE_DISABLED",
          "CONSUMER_INVALID",
          "CONSUMER_SUSPENDED",
          "ACCOUNT_STATE_INVALID",
          "ACCESS_TOKEN_EXPIRED");

  private static final Pattern FILE = Pattern.compile("\\bfiles?\\b", Pattern.CASE_INSENSITIVE);
  private static final Pattern NOT_ACTIVE =
      Pattern.compile("not in an ACTIVE state", Pattern.CASE_INSENSITIVE);
  private static final Pattern SECONDS = Pattern.compile("\\d{1,9}(\\.\\d{1,9})?s");

  private final ErrorWords words;
  private final Clock clock;

  GeminiErrors(ErrorWords words, Clock clock) {
    this.words = words;
    this.clock = clock;
  }

  @Override
  public ProviderError of(
      String operation, int status, HttpHeaders headers, byte[] body, Effect effect) {
    JsonNode error = words.parse(body).path("error");
    String code = JsonText.find(error, "status", "http_" + status);
    String said = JsonText.find(error, "message", "");
    String message = words.answered(operation, status, said, body);
    if (hasReason(error, ACCOUNT_REASONS) || NO_MONEY.matcher(said).find()) {
      return new ProviderError.AccountProblem(code, message);
    }
    if (status >= 500 && isTurnedDown(error, status, code)) {
      return ErrorWords.turnedDown(code, message, wait(error, headers));
    }
    return switch (status) {
      case 401, 402 -> new ProviderError.AccountProblem(code, message);
      case 403 ->
          isMissingFile(operation, said)
              ? new ProviderError.Gone(code, message)
              : new ProviderError.AccountProblem(code, message);
      case 404 -> missing(operation, code, message, said);
      case 409 -> new ProviderError.Retryable(code, message);
      case 429 -> tooMuch(operation, code, message, wait(error, headers));
      default ->
          status == 408 || status >= 500
              ? ErrorWords.unclear(code, message, effect)
              : rejected(code, message, said);
    };
  }

  private static boolean hasReason(JsonNode error, Set<String> reasons) {
    for (JsonNode detail : error.path("details")) {
      if (reasons.contains(detail.path("reason").asText(""))) {
        return true;
      }
    }
    return false;
  }

  /** Google's own envelope; UNAVAILABLE proves nothing, whatever it says of the model. */
  private static boolean isTurnedDown(JsonNode error, int status, String code) {
    return error.path("code").asInt() == status && code.equals(RpcCode.RESOURCE_EXHAUSTED.name());
  }

  private static boolean isMissingFile(String operation, String said) {
    return ON_FILES.contains(operation) && FILE.matcher(said).find() && !isAccount(said);
  }

  private static boolean isAccount(String said) {
    return ACCOUNT.matcher(said).find();
  }

  /** What a create does not find is its file, or else a model that does not exist. */
  private static ProviderError missing(String operation, String code, String message, String said) {
    return operation.equals(GeminiCall.CREATE) && !FILE.matcher(said).find()
        ? new ProviderError.Rejected(code, message)
        : new ProviderError.Gone(code, message);
  }

  private static ProviderError tooMuch(
      String operation, String code, String message, @Nullable Duration wait) {
    return wait == null && TAKING_ROOM.contains(operation)
        ? new ProviderError.QuotaExceeded(code, message, null)
        : new ProviderError.RateLimited(code, message, wait);
  }

  /** A 400 can be a bad key, a bill that was not paid, or a file that is not ready yet. */
  private static ProviderError rejected(String code, String message, String said) {
    if (NOT_ACTIVE.matcher(said).find()) {
      return new ProviderError.Retryable(code, message);
    }
    return isAccount(said)
        ? new ProviderError.AccountProblem(code, message)
        : new ProviderError.Rejected(code, message);
  }

  /** RetryInfo, which stands in for Retry-After, or else that. */
  private @Nullable Duration wait(JsonNode error, HttpHeaders headers) {
    for (JsonNode detail : error.path("details")) {
      String delay = JsonText.find(detail, "retryDelay", "");
      if (SECONDS.matcher(delay).matches()) {
        BigDecimal seconds = new BigDecimal(delay.substring(0, delay.length() - 1));
        return Duration.ofNanos(seconds.movePointRight(9).longValue());
      }
    }
    Optional<Duration> header = RetryAfter.of(headers, clock);
    return header.orElse(null);
  }
}
