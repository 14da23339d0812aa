package dev.offpeak.simulator.gemini.wire;

import dev.offpeak.simulator.fault.Problem;
import dev.offpeak.simulator.fault.RetryHint;
import dev.offpeak.simulator.gemini.rules.GeminiQuirks;
import dev.offpeak.simulator.http.AccessKeys;
import dev.offpeak.simulator.http.Caller;
import dev.offpeak.simulator.http.ProviderFront;
import dev.offpeak.simulator.http.Refusal;
import dev.offpeak.simulator.http.Reply;
import dev.offpeak.simulator.http.RetryHeaders;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Gemini's authentication and error envelope. A key may come as {@code x-goog-api-key}, as {@code
 * ?key=} or as a bearer token; the URL of an upload session stands for the key that began it.
 */
public final class GeminiFront implements ProviderFront {
  /** The name in the ledger, the calls and the faults. */
  public static final String NAME = "gemini";

  /** The query parameter that names an upload session. */
  public static final String UPLOAD_ID = "upload_id";

  private static final HeaderName API_KEY = HeaderNames.create("x-goog-api-key");
  private static final String BEARER = "Bearer ";

  private final AccessKeys keys;
  private final GeminiQuirks quirks;
  private final Function<String, Optional<String>> ownerOfUpload;

  /**
   * Accepts the given keys.
   *
   * @param ownerOfUpload the organisation that began an upload session
   */
  public GeminiFront(
      AccessKeys keys, GeminiQuirks quirks, Function<String, Optional<String>> ownerOfUpload) {
    this.keys = keys;
    this.quirks = quirks;
    this.ownerOfUpload = ownerOfUpload;
  }

  /** Whether a call to a path that other providers have too is meant for Gemini. */
  public static boolean isMeant(ServerRequest request) {
    return request.headers().first(API_KEY).isPresent()
        || query(request, "key").isPresent()
        || query(request, UPLOAD_ID).isPresent();
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Caller authenticate(ServerRequest request) {
    Optional<String> key = key(request);
    if (key.isPresent()) {
      return keys.organisation(key.get())
          .map(owner -> new Caller(owner, key.get()))
          .orElseThrow(() -> GeminiErrors.invalidKey(quirks.invalidKeyStatus()));
    }
    return query(request, UPLOAD_ID)
        .flatMap(ownerOfUpload)
        .map(owner -> new Caller(owner, ""))
        .orElseThrow(GeminiFront::unregistered);
  }

  private static Refusal unregistered() {
    return GeminiErrors.refuse(
        RpcCode.PERMISSION_DENIED,
        "Method doesn't allow unregistered callers (callers without established identity). Please"
            + " use API Key or other form of API consumer identity to call this API.");
  }

  private static Optional<String> key(ServerRequest request) {
    return request
        .headers()
        .first(API_KEY)
        .or(() -> query(request, "key"))
        .or(
            () ->
                request
                    .headers()
                    .first(HeaderNames.AUTHORIZATION)
                    .filter(value -> value.startsWith(BEARER))
                    .map(value -> value.substring(BEARER.length()).strip()))
        .filter(value -> !value.isBlank());
  }

  private static Optional<String> query(ServerRequest request, String name) {
    return request.query().first(name).asOptional().filter(value -> !value.isBlank());
  }

  @Override
  public Reply error(int status, @Nullable String code, @Nullable String message) {
    return GeminiErrors.reply(status, code, message);
  }

  @Override
  public Reply problem(Problem problem, @Nullable String message) {
    return switch (problem) {
      case RATE_LIMIT -> error(429, null, message);
      case INSUFFICIENT_FUNDS ->
          error(
              400,
              RpcCode.FAILED_PRECONDITION.name(),
              message == null
                  ? "Billing is not enabled for this project, or its credits are used up. Please"
                      + " enable billing in Google AI Studio."
                  : message);
      case OVERLOADED -> error(503, null, message);
      case SERVER_ERROR -> error(500, null, message);
      case TIMEOUT -> error(504, null, message);
      case BAD_KEY -> GeminiErrors.invalidKey(quirks.invalidKeyStatus()).reply();
      case FORBIDDEN -> error(403, null, message);
    };
  }

  @Override
  public Reply hinted(Reply error, RetryHint hint, Instant now) {
    return RetryHeaders.add(error, hint, now, e -> GeminiErrors.exhausted(null, hint.seconds()));
  }

  @Override
  public Reply dressed(Reply reply, @Nullable Caller caller, long millisTaken) {
    return reply.with("server-timing", "gfet4t7; dur=" + millisTaken);
  }
}
