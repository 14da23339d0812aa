package dev.offpeak.simulator.http;

import dev.offpeak.simulator.fault.Problem;
import dev.offpeak.simulator.fault.RetryHint;
import io.helidon.webserver.http.ServerRequest;
import java.time.Instant;
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

  /** The provider's error for a problem. */
  Reply problem(Problem problem, @Nullable String message);

  /**
   * An error that also says when to try again.
   *
   * @param now the time of the caller
   */
  Reply hinted(Reply error, RetryHint hint, Instant now);

  /**
   * The answer with all that every answer carries.
   *
   * @param caller who called, null when that is not known
   */
  Reply dressed(Reply reply, @Nullable Caller caller, long millisTaken);
}
