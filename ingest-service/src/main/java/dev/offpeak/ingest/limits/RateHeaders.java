package dev.offpeak.ingest.limits;

import dev.offpeak.ingest.http.ApiError;
import dev.offpeak.ingest.http.ApiException;
import dev.offpeak.ingest.limits.KeyRates.Admission;
import dev.offpeak.ingest.limits.KeyRates.Standing;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerResponse;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How limits of a key are told, in the headers that SDKs know of OpenAI. */
public final class RateHeaders {

  /** Longer ones make some SDKs sleep, and others give up. */
  private static final Duration LONGEST = Duration.ofMinutes(1);

  private RateHeaders() {}

  /** Says how the limits stand. */
  public static void tell(Admission.Admitted call, ServerResponse response) {
    tell("requests", call.requests(), response);
    tell("tokens", call.tokens(), response);
  }

  private static void tell(String what, @Nullable Standing standing, ServerResponse response) {
    if (standing != null) {
      header(response, "limit-" + what, Long.toString(standing.limit()));
      header(response, "remaining-" + what, Long.toString(standing.left()));
      header(response, "reset-" + what, seconds(standing.full()) + "s");
    }
  }

  private static void header(ServerResponse response, String name, String value) {
    response.header(HeaderNames.create("x-ratelimit-" + name), value);
  }

  /** What a call is told that comes too soon. */
  public static ApiException refusal(String key, Admission.Refused refused) {
    Duration after = refused.after().compareTo(LONGEST) > 0 ? LONGEST : refused.after();
    long seconds = Math.max(1, seconds(after));
    return new ApiException(
        new ApiError(
            429,
            "rate_limit_exceeded",
            "the key '"
                + key
                + "' may have "
                + refused.limit()
                + " "
                + refused.what().words()
                + ": try again in "
                + seconds
                + " s"),
        Map.of("retry-after", Long.toString(seconds), "x-should-retry", "true"));
  }

  private static long seconds(Duration of) {
    return of.plusSeconds(1).minusNanos(1).toSeconds();
  }
}
