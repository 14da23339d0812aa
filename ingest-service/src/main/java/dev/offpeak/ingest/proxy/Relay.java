package dev.offpeak.ingest.proxy;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.offpeak.ingest.http.ApiError;
import dev.offpeak.ingest.http.Dialect;
import dev.offpeak.ingest.http.ErrorJson;
import dev.offpeak.ingest.http.ReadAhead;
import dev.offpeak.ingest.http.RequestIds;
import dev.offpeak.ingest.metering.Tap;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * Hands an answer on as it comes, piece by piece. A client that is gone ends the call at the
 * provider.
 */
final class Relay {

  private static final Duration KEEP_ALIVE = Duration.ofSeconds(15);
  private static final byte[] COMMENT = ": keep-alive\n\n".getBytes(US_ASCII);
  private static final int PIECES = 4;

  /** What a client may know; a provider's word about the organisation's limits is not its. */
  private static final List<String> PASSED_ON =
      List.of(
          "content-type",
          "retry-after",
          "retry-after-ms",
          "x-should-retry",
          "openai-processing-ms",
          "openai-version",
          "x-gemini-service-tier");

  private final Duration longestIdle;

  Relay(Duration longestIdle) {
    this.longestIdle = longestIdle;
  }

  /**
   * Answers with the provider's answer.
   *
   * @param tap sees what was handed on
   * @throws ClientGone when the client does not take it
   */
  void hand(HttpResponse<InputStream> answer, Dialect dialect, ServerResponse response, Tap tap)
      throws ClientGone {
    response.status(Status.create(answer.statusCode()));
    for (String name : PASSED_ON) {
      answer
          .headers()
          .firstValue(name)
          .ifPresent(value -> response.header(HeaderNames.create(name), value));
    }
    // Either API's SDK shows the provider's own id, whatever header the provider has it in.
    answer
        .headers()
        .firstValue("x-request-id")
        .or(() -> answer.headers().firstValue("request-id"))
        .ifPresent(
            id -> {
              response.header(RequestIds.OPENAI, id);
              response.header(RequestIds.ANTHROPIC, id);
            });
    boolean isStream = isEventStream(answer);
    if (isStream) {
      response.header(HeaderNames.CACHE_CONTROL, "no-cache");
      response.header(HeaderNames.create("x-accel-buffering"), "no");
    } else {
      answer.headers().firstValueAsLong("content-length").ifPresent(response::contentLength);
    }
    boolean isWhole = false;
    try (InputStream source = answer.body();
        ReadAhead pieces = new ReadAhead(source, "proxy-answer", PIECES)) {
      isWhole = copy(pieces, isStream, dialect, response.outputStream(), tap);
    } catch (IOException e) {
      throw new CloseConnectionException("the provider's answer broke off: " + e.getMessage());
    } finally {
      tap.end(isWhole);
    }
  }

  /** False when it broke off and the client was told so. */
  private boolean copy(
      ReadAhead pieces, boolean isStream, Dialect dialect, OutputStream out, Tap tap)
      throws IOException, ClientGone {
    long idle = 0;
    boolean betweenEvents = true;
    boolean isWhole = false;
    try {
      byte[] piece = pieces.poll(KEEP_ALIVE);
      while (piece == null || piece.length > 0) {
        if (piece != null) {
          idle = 0;
          betweenEvents = endsEvent(piece);
          try {
            write(out, piece);
          } finally {
            tap.piece(piece);
          }
        } else {
          idle += KEEP_ALIVE.toNanos();
          if (idle >= longestIdle.toNanos()) {
            throw new IOException("nothing came for " + longestIdle + " (proxy.idle)");
          }
          if (isStream && betweenEvents) {
            write(out, COMMENT);
          }
        }
        piece = pieces.poll(KEEP_ALIVE);
      }
      isWhole = true;
    } catch (IOException e) {
      if (!isStream) {
        throw e;
      }
      write(out, brokenOff(dialect));
    }
    close(out);
    return isWhole;
  }

  /** Nothing but an event can say it once the answer has begun. */
  private static byte[] brokenOff(Dialect dialect) {
    byte[] error =
        ErrorJson.of(
            new ApiError(502, ApiError.UPSTREAM_LOST, "the provider's answer broke off"), dialect);
    String name = dialect == Dialect.ANTHROPIC ? "event: error\n" : "";
    return ("\n\n" + name + "data: " + new String(error, UTF_8) + "\n\n").getBytes(UTF_8);
  }

  private static boolean endsEvent(byte[] piece) {
    int end = piece.length;
    return end >= 2
        && piece[end - 1] == '\n'
        && (piece[end - 2] == '\n' || (end >= 4 && piece[end - 3] == '\n'));
  }

  private static void write(OutputStream out, byte[] bytes) throws ClientGone {
    try {
      out.write(bytes);
      out.flush();
    } catch (IOException | RuntimeException e) {
      // Helidon's own exceptions for a connection that is gone are unchecked.
      throw new ClientGone(e);
    }
  }

  private static void close(OutputStream out) throws ClientGone {
    try {
      out.close();
    } catch (IOException | RuntimeException e) {
      throw new ClientGone(e);
    }
  }

  static boolean isEventStream(HttpResponse<?> answer) {
    return answer
        .headers()
        .firstValue("content-type")
        .map(type -> type.toLowerCase(Locale.ROOT).startsWith("text/event-stream"))
        .orElse(false);
  }
}
