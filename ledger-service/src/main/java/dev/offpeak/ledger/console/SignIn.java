package dev.offpeak.ledger.console;

import dev.offpeak.ledger.config.ConsoleConfig;
import io.helidon.webserver.http.ServerRequest;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/** How people say who they are. */
sealed interface SignIn permits NoSignIn, KeySignIn, ProxySignIn {

  /** Who asks; null when they have not said it, or are nobody. */
  @Nullable Visitor visitor(ServerRequest request);

  /** As the settings say. */
  static SignIn of(ConsoleConfig config, Clock clock) {
    return switch (config.signIn()) {
      case NONE -> new NoSignIn(config.names());
      case KEYS -> new KeySignIn(config.keys(), clock);
      case PROXY -> new ProxySignIn(config.proxy());
    };
  }
}
