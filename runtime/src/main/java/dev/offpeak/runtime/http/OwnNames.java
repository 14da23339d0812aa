package dev.offpeak.runtime.http;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The names by which a server that asks for no key may be called: those of this machine, and more
 * that are configured. A page of another site that a browser of this machine shows can call it,
 * too, and is told by the name that it uses, or by its own.
 */
public final class OwnNames {

  private final Set<String> more;

  /** The machine's own and these, in lower case. */
  public OwnNames(Collection<String> more) {
    this.more = Set.copyOf(more);
  }

  /** Each {@code Host} of the request that is none of them. */
  public List<String> foreignHosts(ServerRequest request) {
    return all(request, HeaderNames.HOST).stream()
        .filter(host -> !areOurs("http://" + host))
        .toList();
  }

  /** Each {@code Origin} of the request that is none of them. */
  public List<String> foreignOrigins(ServerRequest request) {
    return all(request, HeaderNames.ORIGIN).stream().filter(origin -> !areOurs(origin)).toList();
  }

  /** All of them: who sends two could show one to a proxy and the other to us. */
  public static List<String> all(ServerRequest request, HeaderName name) {
    return request.headers().all(name, List::of);
  }

  /** Whether the host of that address is one of them. */
  boolean areOurs(String address) {
    try {
      String host = URI.create(address).getHost();
      if (host == null) {
        return false;
      }
      String name = host.toLowerCase(Locale.ROOT);
      boolean isNumber = name.startsWith("[") || name.matches("\\d+(\\.\\d+){3}");
      // Only numbers are asked for: the name of another site may lead here.
      return name.equals("localhost")
          || more.contains(name)
          || (isNumber && InetAddress.getByName(name).isLoopbackAddress());
    } catch (IllegalArgumentException | UnknownHostException e) {
      return false;
    }
  }
}
