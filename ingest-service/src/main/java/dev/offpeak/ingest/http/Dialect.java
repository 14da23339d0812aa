package dev.offpeak.ingest.http;

import dev.offpeak.core.lane.Provider;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import java.util.Objects;

/** Whose API a client speaks, told by the path, and where two have the same one by a header. */
public enum Dialect {
  OPENAI(Provider.OPENAI),
  ANTHROPIC(Provider.ANTHROPIC),
  GEMINI(Provider.GEMINI);

  private static final HeaderName ANTHROPIC_VERSION = HeaderNames.create("anthropic-version");

  private final Provider provider;

  Dialect(Provider provider) {
    this.provider = provider;
  }

  /** That of a request, whatever it asks for. */
  public static Dialect of(ServerRequest request) {
    String path = Objects.requireNonNullElse(request.path().absolute().rawPath(), "");
    if (path.startsWith("/v1beta/") || path.startsWith("/upload/")) {
      return GEMINI;
    }
    boolean isAnthropic =
        path.startsWith("/v1/messages") || request.headers().contains(ANTHROPIC_VERSION);
    return isAnthropic ? ANTHROPIC : OPENAI;
  }

  /** The provider whose API it is. */
  public Provider provider() {
    return provider;
  }
}
