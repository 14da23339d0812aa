package dev.offpeak.ingest.http;

import dev.offpeak.ingest.auth.ApiKeys;
import dev.offpeak.ingest.auth.Caller;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import java.util.Optional;

/** Finds out who calls, from {@code Authorization: Bearer …} or {@code x-api-key}. */
final class Callers {

  private static final HeaderName API_KEY = HeaderNames.create("x-api-key");
  private static final String BEARER = "bearer ";

  private final ApiKeys keys;

  Callers(ApiKeys keys) {
    this.keys = keys;
  }

  /**
   * Who sent a request.
   *
   * @throws ApiException when keys are configured and the request has none of them
   */
  Caller of(ServerRequest request) {
    var presented = bearer(request).or(() -> request.headers().first(API_KEY));
    var caller = keys.find(presented.orElse(null));
    if (caller != null) {
      return caller;
    }
    throw new ApiException(
        presented.isEmpty()
            ? new ApiError(
                401,
                "missing_api_key",
                "no API key was sent: send one as 'Authorization: Bearer <key>'",
                "authorization")
            : new ApiError(
                401,
                "invalid_api_key",
                "the API key that was sent is not one of this installation's (auth.keys)",
                "authorization"));
  }

  private static Optional<String> bearer(ServerRequest request) {
    return request
        .headers()
        .first(HeaderNames.AUTHORIZATION)
        .filter(value -> value.regionMatches(true, 0, BEARER, 0, BEARER.length()))
        .map(value -> value.substring(BEARER.length()).strip());
  }
}
