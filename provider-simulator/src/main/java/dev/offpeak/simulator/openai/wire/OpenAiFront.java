package dev.offpeak.simulator.openai.wire;

import dev.offpeak.simulator.fault.Problem;
import dev.offpeak.simulator.fault.RetryHint;
import dev.offpeak.simulator.http.AccessKeys;
import dev.offpeak.simulator.http.Caller;
import dev.offpeak.simulator.http.ProviderFront;
import dev.offpeak.simulator.http.Refusal;
import dev.offpeak.simulator.http.Reply;
import dev.offpeak.simulator.http.RetryHeaders;
import dev.offpeak.simulator.openai.wire.OpenAiErrors.ErrorBody;
import dev.offpeak.simulator.store.Ids;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** OpenAI's authentication, error envelope and headers. */
public final class OpenAiFront implements ProviderFront {
  /** The name in the ledger, the calls and the faults. */
  public static final String NAME = "openai";

  private static final String BEARER = "Bearer ";
  private static final HeaderName API_KEY = HeaderNames.create("api-key");

  private final AccessKeys keys;
  private final Ids ids;
  private final boolean azure;

  /**
   * Accepts the given keys; request ids come from the ids.
   *
   * @param azure whether keys and versions are given as Azure wants them
   */
  public OpenAiFront(AccessKeys keys, Ids ids, boolean azure) {
    this.keys = keys;
    this.ids = ids;
    this.azure = azure;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Caller authenticate(ServerRequest request) {
    if (azure) {
      return azures(request);
    }
    String header = request.headers().first(HeaderNames.AUTHORIZATION).orElse("");
    if (!header.startsWith(BEARER) || header.substring(BEARER.length()).isBlank()) {
      throw unauthorized(
          "You didn't provide an API key. You need to provide your API key in an Authorization"
              + " header using Bearer auth (i.e. Authorization: Bearer YOUR_KEY).",
          null);
    }
    return owner(header.substring(BEARER.length()).strip());
  }

  private Caller azures(ServerRequest request) {
    String key = request.headers().first(API_KEY).orElse("");
    if (key.isBlank()) {
      throw unauthorized(
          "Access denied due to missing api-key. Make sure to provide a valid key.", "401");
    }
    if (request.query().first("api-version").orElse("").isBlank()) {
      throw new Refusal(
          OpenAiErrors.reply(404, new ErrorBody("Resource not found", "", null, "404")));
    }
    return owner(key);
  }

  private Caller owner(String key) {
    return keys.organisation(key)
        .map(owner -> new Caller(owner, key))
        .orElseThrow(
            () -> unauthorized("Incorrect API key provided: " + masked(key), "invalid_api_key"));
  }

  private static Refusal unauthorized(String message, @Nullable String code) {
    return new Refusal(
        OpenAiErrors.reply(401, new ErrorBody(message, OpenAiErrors.INVALID_REQUEST, null, code)));
  }

  private static String masked(String key) {
    return key.length() < 12
        ? "***"
        : key.substring(0, 3) + "***" + key.substring(key.length() - 4);
  }

  @Override
  public Reply error(int status, @Nullable String code, @Nullable String message) {
    return OpenAiErrors.reply(status, OpenAiErrors.ofStatus(status, code, message));
  }

  @Override
  public Reply problem(Problem problem, @Nullable String message) {
    return switch (problem) {
      case RATE_LIMIT -> error(429, null, message);
      case INSUFFICIENT_FUNDS -> error(429, "insufficient_quota", message);
      case OVERLOADED -> error(503, null, message);
      case SERVER_ERROR -> error(500, null, message);
      case TIMEOUT -> error(504, null, message);
      case BAD_KEY -> error(401, null, message);
      case FORBIDDEN -> error(403, null, message);
    };
  }

  @Override
  public Reply hinted(Reply error, RetryHint hint, Instant now) {
    return RetryHeaders.add(
        error, hint, now, e -> e.with("x-ratelimit-reset-requests", hint.afterMs() + "ms"));
  }

  @Override
  public Reply dressed(Reply reply, @Nullable Caller caller, long millisTaken) {
    Reply dressed =
        reply
            .with("x-request-id", ids.next("req_"))
            .with("openai-processing-ms", Long.toString(millisTaken))
            .with("openai-version", "2020-10-01");
    return caller == null ? dressed : dressed.with("openai-organization", caller.owner());
  }
}
