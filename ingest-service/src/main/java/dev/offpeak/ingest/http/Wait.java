package dev.offpeak.ingest.http;

import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How long a client would like an answer to be waited for ({@code Prefer: wait=30}). */
public final class Wait {

  private static final Pattern WAIT = Pattern.compile("(?:^|[,;\\s])wait=(\\d{1,5})");

  /** Many things between client and gateway cut what is silent for longer. */
  private static final Duration LONGEST = Duration.ofMinutes(2);

  private Wait() {}

  /** Zero when it says nothing of it. */
  public static Duration of(ServerRequest request) {
    return of(request.headers().first(HeaderNames.create("prefer")).orElse(""));
  }

  static Duration of(String prefer) {
    Matcher matcher = WAIT.matcher(prefer);
    if (!matcher.find()) {
      return Duration.ZERO;
    }
    Duration wished = Duration.ofSeconds(Long.parseLong(matcher.group(1)));
    return wished.compareTo(LONGEST) > 0 ? LONGEST : wished;
  }
}
