package dev.offpeak.simulator.anthropic.wire;

import dev.offpeak.simulator.fault.Problem;
import dev.offpeak.simulator.fault.RetryHint;
import dev.offpeak.simulator.http.AccessKeys;
import dev.offpeak.simulator.http.Caller;
import dev.offpeak.simulator.http.Exchange;
import dev.offpeak.simulator.http.ProviderFront;
import dev.offpeak.simulator.http.Reply;
import dev.offpeak.simulator.http.RetryHeaders;
import dev.offpeak.simulator.store.Ids;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Anthropic's authentication, error envelope and headers. A key may come as {@code x-api-key} or as
 * a bearer token; {@code anthropic-workspace-id} chooses one of its workspaces, which see nothing
 * of each other.
 */
public final class AnthropicFront implements ProviderFront {
  /** The name in the ledger, the calls and the faults. */
  public static final String NAME = "anthropic";

  /** The header that names a call. */
  public static final String REQUEST_ID = "request-id";

  private static final HeaderName API_KEY = HeaderNames.create("x-api-key");
  private static final HeaderName VERSION = HeaderNames.create("anthropic-version");
  private static final HeaderName WORKSPACE = HeaderNames.create("anthropic-workspace-id");
  private static final String BEARER = "Bearer ";

  private final AccessKeys keys;
  private final Ids ids;
  private final List<String> versions;

  /**
   * Accepts the given keys; request ids come from the ids.
   *
   * @param versions the versions of the API that a caller may name
   */
  public AnthropicFront(AccessKeys keys, Ids ids, List<String> versions) {
    this.keys = keys;
    this.ids = ids;
    this.versions = versions;
  }

  /** Whether a call to a path that other providers have too is meant for Anthropic. */
  public static boolean isMeant(ServerRequest request) {
    return header(request, VERSION).isPresent();
  }

  /** Whether a version no longer takes {@code temperature}, {@code top_p} and {@code top_k}. */
  public static boolean refusesSampling(Exchange exchange) {
    return exchange.header("anthropic-version").orElse("").compareTo("2026-10-21") >= 0;
  }

  /** A name for a call. */
  public static String requestId(Ids ids) {
    return ids.next("req_");
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Caller authenticate(ServerRequest request) {
    String key =
        key(request)
            .orElseThrow(
                () ->
                    AnthropicErrors.refusal(
                        401, "x-api-key header is required, or Authorization: Bearer"));
    String owner =
        keys.organisation(key).orElseThrow(() -> AnthropicErrors.refusal(401, "invalid x-api-key"));
    String version = header(request, VERSION).orElse("");
    if (version.isEmpty()) {
      throw AnthropicErrors.refuse("anthropic-version: header is required");
    }
    if (!versions.contains(version)) {
      throw AnthropicErrors.refuse("anthropic-version: \"" + version + "\" is not a valid version");
    }
    return new Caller(header(request, WORKSPACE).map(w -> owner + "/" + w).orElse(owner), key);
  }

  private static Optional<String> key(ServerRequest request) {
    return header(request, API_KEY)
        .or(
            () ->
                header(request, HeaderNames.AUTHORIZATION)
                    .filter(value -> value.startsWith(BEARER))
                    .map(value -> value.substring(BEARER.length()).strip())
                    .filter(value -> !value.isEmpty()));
  }

  private static Optional<String> header(ServerRequest request, HeaderName name) {
    return request.headers().first(name).filter(value -> !value.isBlank());
  }

  @Override
  public Reply error(int status, @Nullable String code, @Nullable String message) {
    return AnthropicErrors.reply(status, AnthropicErrors.ofStatus(status, code, message));
  }

  @Override
  public Reply problem(Problem problem, @Nullable String message) {
    return switch (problem) {
      case RATE_LIMIT -> error(429, null, message);
      case INSUFFICIENT_FUNDS -> error(402, null, message);
      case OVERLOADED -> error(529, null, message);
      case SERVER_ERROR -> error(500, null, message);
      case TIMEOUT -> error(504, null, message);
      case BAD_KEY -> error(401, null, message);
      case FORBIDDEN -> error(403, null, message);
    };
  }

  @Override
  public Reply hinted(Reply error, RetryHint hint, Instant now) {
    String reset = now.plusMillis(hint.afterMs()).toString();
    return RetryHeaders.add(
        error, hint, now, e -> e.with("anthropic-ratelimit-requests-reset", reset));
  }

  @Override
  public Reply dressed(Reply reply, @Nullable Caller caller, long millisTaken) {
    Reply named =
        reply.headers().containsKey(REQUEST_ID) ? reply : reply.named(REQUEST_ID, requestId(ids));
    return caller == null ? named : named.with("anthropic-organization-id", caller.owner());
  }
}
