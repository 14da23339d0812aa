package dev.offpeak.ingest.http;

import dev.offpeak.ingest.auth.ApiKeys;
import dev.offpeak.ingest.auth.Caller;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Finds out who calls, from the header in which an SDK sends its key: {@code Authorization:
 * Bearer}, {@code x-api-key}, {@code api-key}, {@code x-goog-api-key}, or the parameter {@code
 * key}.
 */
final class Callers {

  private static final List<HeaderName> HEADERS =
      List.of(
          HeaderNames.create("x-api-key"),
          HeaderNames.create("api-key"),
          HeaderNames.create("x-goog-api-key"));
  private static final String PARAMETER = "key";
  private static final String BEARER = "bearer ";

  private final ApiKeys keys;

  Callers(ApiKeys keys) {
    this.keys = keys;
  }

  /** Whether a request brings anything in a header that could be a key. */
  static boolean bringsKey(ServerRequest request) {
    return !inHeaders(request).isEmpty();
  }

  /**
   * Who sent a request.
   *
   * @throws ApiException when keys are configured and the request has none of them, or several
   */
  Caller of(ServerRequest request) {
    var presented = presented(request);
    if (presented.size() > 1 && !keys.isEmpty()) {
      throw refused("ambiguous_api_key", "different API keys were sent: send one of them");
    }
    var caller = keys.find(presented.stream().findFirst().orElse(null));
    if (caller != null) {
      return caller;
    }
    throw presented.isEmpty()
        ? refused(
            "missing_api_key", "no API key was sent: send one as 'Authorization: Bearer <key>'")
        : refused(
            "invalid_api_key",
            "the API key that was sent is not one of this installation's, or no longer (auth.keys,"
                + " offpeak keys)");
  }

  private static ApiException refused(String code, String message) {
    return new ApiException(new ApiError(401, code, message, "authorization"));
  }

  /** All that differ. */
  private static Set<String> presented(ServerRequest request) {
    var all = inHeaders(request);
    if (Dialect.of(request) == Dialect.GEMINI) {
      request.query().first(PARAMETER).asOptional().ifPresent(all::add);
    }
    return all;
  }

  private static Set<String> inHeaders(ServerRequest request) {
    var all = new LinkedHashSet<String>();
    bearer(request).ifPresent(all::add);
    HEADERS.forEach(each -> request.headers().first(each).ifPresent(all::add));
    return all;
  }

  private static Optional<String> bearer(ServerRequest request) {
    return request
        .headers()
        .first(HeaderNames.AUTHORIZATION)
        .filter(value -> value.regionMatches(true, 0, BEARER, 0, BEARER.length()))
        .map(value -> value.substring(BEARER.length()).strip());
  }
}
