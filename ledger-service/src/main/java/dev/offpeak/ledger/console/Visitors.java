package dev.offpeak.ledger.console;

import dev.offpeak.runtime.http.OwnNames;
import io.helidon.webserver.http.ServerRequest;
import java.util.List;

/**
 * Nobody signs in, so whoever reaches the port of this machine is let in; but not the pages of
 * other sites, which a browser of this machine may be made to bring here under a name of theirs.
 */
final class Visitors {

  static final String REFUSAL =
      "only this machine's own names (localhost, 127.0.0.1) and those of console.names are"
          + " answered\n";

  private final OwnNames names;

  Visitors(List<String> names) {
    this.names = new OwnNames(names);
  }

  boolean mayCome(ServerRequest request) {
    return names.foreignHosts(request).isEmpty() && names.foreignOrigins(request).isEmpty();
  }
}
