package dev.offpeak.ingest.proxy;

import dev.offpeak.ingest.http.ApiError;
import dev.offpeak.ingest.http.ApiException;
import dev.offpeak.ingest.http.Dialect;
import dev.offpeak.ingest.metering.AtOnce;
import dev.offpeak.ingest.metering.Way;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.ServerRequestHeaders;
import java.util.Locale;

/**
 * Whether a call can wait: {@code x-offpeak-mode} says it, or else the body by its service tier, or
 * that it is a response in the background, or else a preference, or its key, which are followed
 * where that can be.
 */
final class Waits {

  /** Says what was chosen, and what is wished. */
  static final HeaderName MODE = HeaderNames.create("x-offpeak-mode");

  private static final String RESPONSES = "/responses";
  private static final HeaderName PREFER = HeaderNames.create("prefer");

  private Waits() {}

  /**
   * Whether a call shall become a batch, and why not.
   *
   * @param keyDefers whether its key lets calls wait that do not say it
   * @throws ApiException when it says so and can't
   */
  static Way of(Call call, ServerRequestHeaders headers, BodyFacts facts, boolean keyDefers) {
    Dialect dialect = call.dialect();
    boolean isBackground = facts.background() && call.path().equals(RESPONSES);
    String mode = headers.first(MODE).orElse("auto").strip().toLowerCase(Locale.ROOT);
    boolean isAsked =
        switch (mode) {
          case "batch" -> true;
          case "sync" -> false;
          case "auto" -> facts.tierIsBatch() || isBackground;
          default ->
              throw refused(
                  "x-offpeak-mode is '" + mode + "'; it must be batch, sync or auto",
                  MODE.defaultCase());
        };
    boolean canWait = dialect == Dialect.OPENAI && !facts.stream();
    if (isAsked && !canWait) {
      throw dialect == Dialect.OPENAI
          ? refused("a call that waits for a batch can't stream its answer", "stream")
          : refused(
              "a call of this API can't wait here, since its SDKs take no answer that is none"
                  + " yet; send it to POST /v1/requests, or in a batch",
              MODE.defaultCase());
    }
    if (isAsked) {
      return Way.WAITS;
    }
    boolean isPreferred =
        mode.equals("auto")
            && headers.first(PREFER).orElse("").toLowerCase(Locale.ROOT).contains("respond-async");
    if (isPreferred && canWait) {
      return Way.WAITS;
    }
    if (mode.equals("sync")) {
      return new Way(AtOnce.ASKED);
    }
    if (dialect != Dialect.OPENAI) {
      return new Way(AtOnce.API);
    }
    if (facts.stream()) {
      return new Way(AtOnce.STREAM);
    }
    if (!keyDefers) {
      return new Way(AtOnce.NOT_ASKED);
    }
    return facts.hasTools() ? new Way(AtOnce.TOOLS) : Way.WAITS;
  }

  private static ApiException refused(String message, String param) {
    return new ApiException(new ApiError(400, "unsupported_parameter", message, param));
  }
}
