package dev.offpeak.simulator.http;

import io.helidon.webserver.http.ServerRequest;
import org.jspecify.annotations.Nullable;

/** What the gate must know of a provider: who calls, and how its errors and headers look. */
public interface ProviderFront {
  /** For instance {@code openai}. */
  String name();

  /**
   * Who calls.
   *
   * @throws Refusal when the key is missing, unknown or revoked
   */
  Caller authenticate(ServerRequest request);

  /** An error in the provider's envelope, with the provider's own words where these are null. */
  Reply error(int status, @Nullable String code, @Nullable String message);

  /**
   * The answer with all that every answer carries.
   *
   * @param caller who called, null when that is not known
   */
  Reply dressed(Reply reply, @Nullable Caller caller, long millisTaken);
}
