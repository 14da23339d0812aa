package dev.offpeak.ingest.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.offpeak.ingest.auth.Caller;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Tells whether a call was made before: SDKs make one again by themselves, send no key with it, and
 * count ({@code X-Stainless-Retry-Count}). Two equal calls on purpose both count 0 and are two.
 *
 * @param digest of who asked what, or with which key, kept with what the call has made
 * @param asked digest of what alone
 * @param byKey whether the client gave a key of its own, which names the call for longer
 * @param mayRepeat whether to look for what an earlier one has made
 */
public record Repeats(String digest, String asked, boolean byKey, boolean mayRepeat) {

  private static final HeaderName KEY = HeaderNames.create("idempotency-key");
  private static final HeaderName COUNT = HeaderNames.create("x-stainless-retry-count");
  private static final Duration OF_A_RETRY = Duration.ofMinutes(15);
  private static final Duration OF_A_KEY = Duration.ofHours(24);

  /**
   * The call of a request.
   *
   * @param route what kind of thing it makes
   * @param asked all that decides what it makes
   */
  public static Repeats of(ServerRequest request, Caller caller, String route, String asked) {
    Optional<String> key = request.headers().first(KEY).filter(each -> !each.isBlank());
    boolean counts =
        request.headers().first(COUNT).filter(count -> !count.strip().equals("0")).isPresent();
    String what = key.map(each -> "key\n" + each).orElse("body\n" + asked);
    return new Repeats(
        digest(caller.name() + "\n" + route + "\n" + what),
        digest(asked),
        key.isPresent(),
        key.isPresent() || counts);
  }

  /** Whether what was made then by a call of that digest is what this call asks for. */
  public boolean made(@Nullable String madeBy, Instant at, Clock clock) {
    Duration life = byKey ? OF_A_KEY : OF_A_RETRY;
    return digest.equals(madeBy) && at.plus(life).isAfter(clock.instant());
  }

  private static String digest(String text) {
    try {
      return HexFormat.of()
          .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
