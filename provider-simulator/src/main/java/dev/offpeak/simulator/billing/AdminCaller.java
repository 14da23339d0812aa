package dev.offpeak.simulator.billing;

import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import java.util.Optional;

/** Who reads a bill. */
final class AdminCaller {
  private static final String BEARER = "Bearer ";

  private AdminCaller() {}

  /** The key of a call, however the provider has it sent; empty when there is none. */
  static String key(ServerRequest request) {
    return request
        .headers()
        .first(HeaderNames.create("x-api-key"))
        .or(
            () ->
                request
                    .headers()
                    .first(HeaderNames.AUTHORIZATION)
                    .filter(value -> value.startsWith(BEARER))
                    .map(value -> value.substring(BEARER.length())))
        .orElse("")
        .strip();
  }

  /**
   * The organisation that an admin key may see, empty: all of them. No value: it is no admin key.
   *
   * @param prefix how the provider's admin keys begin
   */
  static Optional<String> organisation(BillingRules rules, String key, String prefix) {
    if (!rules.adminKeys().isEmpty()) {
      return Optional.ofNullable(rules.adminKeys().get(key));
    }
    return key.startsWith(prefix) ? Optional.of("") : Optional.empty();
  }
}
