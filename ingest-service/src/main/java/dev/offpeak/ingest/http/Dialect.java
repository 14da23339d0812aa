package dev.offpeak.ingest.http;

import dev.offpeak.core.lane.LineShape;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import java.util.List;
import java.util.Objects;

/** Whose API a client speaks, told by the path, and where two have the same one by a header. */
public enum Dialect {
  OPENAI(LineShape.OPENAI),
  ANTHROPIC(LineShape.ANTHROPIC),
  GEMINI(LineShape.GEMINI);

  private static final HeaderName ANTHROPIC_VERSION = HeaderNames.create("anthropic-version");

  private static final List<String> GEMINI_ALONE = List.of("/v1beta/", "/upload/", "/download/");
  private static final List<HeaderName> GOOGLES =
      List.of(HeaderNames.create("x-goog-api-client"), HeaderNames.create("x-goog-api-key"));

  private final LineShape shape;

  Dialect(LineShape shape) {
    this.shape = shape;
  }

  /** That of a request, whatever it asks for. */
  public static Dialect of(ServerRequest request) {
    String path = Objects.requireNonNullElse(request.path().absolute().rawPath(), "");
    if (GEMINI_ALONE.stream().anyMatch(path::startsWith) || isGoogles(request)) {
      return GEMINI;
    }
    boolean isAnthropic =
        path.startsWith("/v1/messages") || request.headers().contains(ANTHROPIC_VERSION);
    return isAnthropic ? ANTHROPIC : OPENAI;
  }

  /** Google's SDKs ask for {@code /v1/files} as OpenAI's do. */
  private static boolean isGoogles(ServerRequest request) {
    return GOOGLES.stream().anyMatch(request.headers()::contains);
  }

  /** The shape that the same call has in a batch. */
  public LineShape shape() {
    return shape;
  }
}
