package dev.offpeak.ingest.http;

import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import org.jspecify.annotations.Nullable;

/** What clients reach this installation by, for the addresses that stand in answers. */
public final class PublicAddress {

  private final @Nullable String configured;

  /**
   * @param configured without it an address is as the request has it
   */
  public PublicAddress(@Nullable String configured) {
    this.configured = configured == null ? null : configured.replaceFirst("/+$", "");
  }

  /** That path, as the client of a request can ask for it. */
  public String of(ServerRequest request, String path) {
    if (configured != null) {
      return configured + path;
    }
    // Clients send it to whom they meant; nobody else ever gets to see it.
    return request.headers().first(HeaderNames.HOST).map(host -> "http://" + host).orElse("")
        + path;
  }
}
