package dev.offpeak.ledger.console;

import dev.offpeak.ledger.config.Role;
import dev.offpeak.runtime.http.OwnNames;
import io.helidon.webserver.http.ServerRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Nobody signs in, so whoever reaches the port of this machine is let in; but not the pages of
 * other sites, which a browser of this machine may be made to bring here under a name of theirs.
 */
final class NoSignIn implements SignIn {

  private final Tokens tokens = new Tokens();
  private final OwnNames names;

  NoSignIn(List<String> names) {
    this.names = new OwnNames(names);
  }

  @Override
  public @Nullable Visitor visitor(ServerRequest request) {
    return names.foreignHosts(request).isEmpty() && names.foreignOrigins(request).isEmpty()
        ? new Visitor("", Role.OPERATOR, tokens.of(""), false)
        : null;
  }
}
