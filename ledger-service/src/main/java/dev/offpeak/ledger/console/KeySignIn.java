package dev.offpeak.ledger.console;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.offpeak.ledger.config.ConsoleKey;
import dev.offpeak.ledger.config.Role;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * By a key whose digest is in the configuration: people are given a session for it, scripts send it
 * each time ({@code Authorization: Bearer KEY}).
 */
final class KeySignIn implements SignIn {

  static final String COOKIE = "offpeak-console";

  /** A working day; a restart ends all of them. */
  private static final Duration LASTS = Duration.ofHours(12);

  private static final int MOST_SESSIONS = 10_000;
  private static final int MOST_WRONG = 20;
  private static final Duration OF_WRONG = Duration.ofMinutes(1);
  private static final String BEARER = "Bearer ";

  private final Tokens tokens = new Tokens();
  private final Map<String, ConsoleKey> keys;
  private final Clock clock;
  private final Map<String, Session> sessions = new ConcurrentHashMap<>();
  private Instant wrongSince = Instant.EPOCH;
  private int wrong;

  private record Session(String name, Role role, Instant until) {}

  /** Lets in whoever has one of these keys. */
  KeySignIn(Map<String, ConsoleKey> keys, Clock clock) {
    this.keys = Map.copyOf(keys);
    this.clock = clock;
  }

  @Override
  public @Nullable Visitor visitor(ServerRequest request) {
    String sent = request.headers().first(HeaderNames.AUTHORIZATION).orElse("");
    if (sent.startsWith(BEARER)) {
      String name = whose(sent.substring(BEARER.length()).strip());
      return name == null ? null : new Visitor(name, role(name), tokens.of(sent), false);
    }
    String cookie = request.headers().cookies().first(COOKIE).orElse("");
    Session session = sessions.get(cookie);
    if (session == null || session.until().isBefore(clock.instant())) {
      sessions.remove(cookie);
      return null;
    }
    return new Visitor(session.name(), session.role(), tokens.of(cookie), true);
  }

  /** Begins a session; null when the key is none, or too many were wrong of late. */
  @Nullable String begin(String key) {
    String name = whose(key);
    if (name == null) {
      return null;
    }
    Instant now = clock.instant();
    sessions.values().removeIf(session -> session.until().isBefore(now));
    if (sessions.size() >= MOST_SESSIONS) {
      return null;
    }
    String session = Tokens.fresh();
    sessions.put(session, new Session(name, role(name), now.plus(LASTS)));
    return session;
  }

  /** Ends the session of the request. */
  void end(ServerRequest request) {
    request.headers().cookies().first(COOKIE).ifPresent(sessions::remove);
  }

  private Role role(String name) {
    ConsoleKey key = keys.get(name);
    return key == null ? Role.VIEWER : key.role();
  }

  /** Looks at all of them, so that the time tells nothing. */
  private synchronized @Nullable String whose(String key) {
    Instant now = clock.instant();
    if (wrongSince.plus(OF_WRONG).isBefore(now)) {
      wrongSince = now;
      wrong = 0;
    }
    if (wrong >= MOST_WRONG) {
      return null;
    }
    String digest = digest(key);
    String found = null;
    for (Map.Entry<String, ConsoleKey> entry : keys.entrySet()) {
      if (Tokens.same(entry.getValue().digest().toLowerCase(Locale.ROOT), digest)) {
        found = entry.getKey();
      }
    }
    if (found == null) {
      wrong++;
    }
    return found;
  }

  private static String digest(String key) {
    try {
      return HexFormat.of()
          .formatHex(MessageDigest.getInstance("SHA-256").digest(key.getBytes(UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
