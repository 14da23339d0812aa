package dev.offpeak.provider.call;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.offpeak.core.outcome.FailureCode;
import dev.offpeak.core.provider.ProviderError;
import dev.offpeak.core.text.Visible;
import dev.offpeak.provider.http.Effect;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Words for an account's errors: short, on one line, and without its key. */
public final class ErrorWords {

  private static final int MESSAGE_LIMIT = 1000;
  private static final int QUOTED_BYTES = 300;

  private final ObjectMapper json;
  private final KeyMask key;

  /**
   * Words for errors of one account.
   *
   * @param key never to appear in a message
   */
  public ErrorWords(ObjectMapper json, String key) {
    this.json = json;
    this.key = new KeyMask(key);
  }

  /** An error answer as JSON; a missing node when it is none. */
  public JsonNode parse(byte[] body) {
    try {
      JsonNode parsed = json.readTree(body);
      return parsed == null ? MissingNode.getInstance() : parsed;
    } catch (IOException e) {
      return MissingNode.getInstance();
    }
  }

  /**
   * What was answered, for a person.
   *
   * @param said the provider's own message; blank for the body as it is
   */
  public String answered(String operation, int status, String said, byte[] body) {
    String words = said.isBlank() ? new String(body, UTF_8).strip() : said;
    return redact(operation + " was answered with " + status + ": " + words);
  }

  /** An answer with a good status that can't be read: what it was about has happened. */
  public ProviderError unreadable(String operation, Effect effect, String problem) {
    return unclear(
        FailureCode.UNREADABLE_ANSWER.id(),
        redact(operation + " was answered with something unreadable: " + problem),
        effect);
  }

  /** What stands in an answer that should be JSON: a page of a proxy, say. */
  String notJson(byte[] body, IOException why) {
    String beginning =
        new String(body, 0, Math.min(body.length, QUOTED_BYTES), UTF_8)
            .strip()
            .replaceAll("\\s+", " ");
    String problem = String.valueOf(why.getMessage()).lines().findFirst().orElse("");
    return "no JSON (" + problem + "), but '" + beginning + "'";
  }

  /** An answer that sends the call elsewhere, which may have been made all the same. */
  ProviderError redirected(String operation, int status, String location, Effect effect) {
    return unclear(
        FailureCode.REDIRECTED.id(),
        redact(
            operation
                + " was answered with "
                + status
                + ", a redirect to '"
                + location
                + "', which is not followed because the key would go along; if the API is there,"
                + " set the account's base-url"),
        effect);
  }

  /** An answer that does not tell whether the call took effect. */
  public static ProviderError unclear(String code, String message, Effect effect) {
    return effect == Effect.NONE
        ? new ProviderError.Retryable(code, message)
        : new ProviderError.Ambiguous(code, message);
  }

  /**
   * The provider itself says that it did not take the call: nothing was begun, whatever the call
   * would have left. An answer of a proxy proves nothing of the kind.
   *
   * @param after how long to wait, when the provider says so
   */
  public static ProviderError turnedDown(String code, String message, @Nullable Duration after) {
    return after == null
        ? new ProviderError.Retryable(code, message)
        : new ProviderError.RateLimited(code, message, after);
  }

  /** Bodies of proxies can be long pages, a provider may quote the key, or steer a terminal. */
  private String redact(String message) {
    String hidden = Visible.of(key.of(message));
    return hidden.length() <= MESSAGE_LIMIT ? hidden : hidden.substring(0, MESSAGE_LIMIT) + "…";
  }
}
