package dev.offpeak.ledger.console;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Nobody signs in, so whoever reaches the port of this machine is let in; but not the pages of
 * other sites, which a browser of this machine may be made to bring here under a name of theirs.
 */
final class Visitors {

  static final String REFUSAL =
      "only this machine's own names (localhost, 127.0.0.1) and those of console.names are"
          + " answered\n";

  private final Set<String> names;

  Visitors(List<String> names) {
    this.names = Set.copyOf(names);
  }

  boolean mayCome(ServerRequest request) {
    return all(request, HeaderNames.HOST).stream().allMatch(host -> isOurs("http://" + host))
        && all(request, HeaderNames.ORIGIN).stream().allMatch(this::isOurs);
  }

  private boolean isOurs(String address) {
    try {
      String host = URI.create(address).getHost();
      if (host == null) {
        return false;
      }
      String name = host.toLowerCase(Locale.ROOT);
      boolean isNumber = name.startsWith("[") || name.matches("\\d+(\\.\\d+){3}");
      // Only numbers are asked for: the name of another site may lead here.
      return name.equals("localhost")
          || names.contains(name)
          || (isNumber && InetAddress.getByName(name).isLoopbackAddress());
    } catch (IllegalArgumentException | UnknownHostException e) {
      return false;
    }
  }

  private static List<String> all(ServerRequest request, HeaderName name) {
    return request.headers().all(name, List::of);
  }
}
