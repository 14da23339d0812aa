package dev.offpeak.provider.call;

import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Addresses that a provider answers with and that are followed as given: an upload's session, a
 * batch's results. Only on the account's own server, or else the key and the requests would go to
 * whomever an answer names.
 */
public final class AnsweredAddress {

  private static final int HTTPS = 443;
  private static final int HTTP = 80;

  private AnsweredAddress() {}

  /** The address, when it is one of the server that {@code base} names; else nothing. */
  public static Optional<URI> of(URI base, String answered) {
    try {
      URI address = base.resolve(answered.strip());
      return isSameServer(base, address) ? Optional.of(address) : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static boolean isSameServer(URI base, URI address) {
    return address.getRawUserInfo() == null
        && lower(address.getScheme()).equals(lower(base.getScheme()))
        && !lower(address.getHost()).isEmpty()
        && lower(address.getHost()).equals(lower(base.getHost()))
        && port(address) == port(base);
  }

  private static int port(URI address) {
    if (address.getPort() >= 0) {
      return address.getPort();
    }
    return lower(address.getScheme()).equals("https") ? HTTPS : HTTP;
  }

  private static String lower(@Nullable String text) {
    return text == null ? "" : text.toLowerCase(Locale.ROOT);
  }
}
