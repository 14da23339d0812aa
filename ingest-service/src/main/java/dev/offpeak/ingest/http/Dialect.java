package dev.offpeak.ingest.http;

import dev.offpeak.core.lane.LineShape;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import java.util.Objects;

/** Whose API a client speaks, told by the path, and where two have the same one by a header. */
public enum Dialect {
  OPENAI(LineShape.OPENAI),
  ANTHROPIC(LineShape.ANTHROPIC),
  GEMINI(LineShape.GEMINI);

  private static final HeaderName ANTHROPIC_VERSION = HeaderNames.create("anthropic-version");

  private final LineShape shape;

  Dialect(LineShape shape) {
    this.shape = shape;
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

  /** The shape that the same call has in a batch. */
  public LineShape shape() {
    return shape;
  }
}
