package dev.offpeak.ingest.http;

import dev.offpeak.runtime.http.Pace;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The body of an HTTP request, as it comes and inflated. */
public final class RequestBody implements AutoCloseable {

  private static final Logger LOGGER = LoggerFactory.getLogger(RequestBody.class);

  private static final List<String> IDENTITY = List.of("identity");

  /** What is read of a body that nobody wants, so that its sender comes to read the answer. */
  private static final long MOST_DRAINED = 64L * 1024 * 1024;

  private static final Duration DRAIN_PATIENCE = Duration.ofSeconds(2);

  /** In all, for a client that brings a byte in each {@link #DRAIN_PATIENCE}. */
  private static final Duration LONGEST_DRAIN = Duration.ofSeconds(30);

  private final PatientStream raw;
  private final boolean gzip;
  private final int inflation;

  private RequestBody(PatientStream raw, boolean gzip, int inflation) {
    this.raw = raw;
    this.gzip = gzip;
    this.inflation = inflation;
  }

  /**
   * Asks the client for the body, when it waits to be asked.
   *
   * @param bounds how slow it may be, and how much may become of it
   * @param stopping whether to wait no longer
   * @throws ApiException when its encoding is not one that can be inflated
   */
  public static RequestBody of(ServerRequest request, BodyBounds bounds, BooleanSupplier stopping) {
    String encoding =
        String.join(", ", request.headers().all(HeaderNames.CONTENT_ENCODING, () -> IDENTITY))
            .strip()
            .toLowerCase(Locale.ROOT);
    boolean gzip = encoding.equals("gzip") || encoding.equals("x-gzip");
    if (!gzip && !IDENTITY.contains(encoding)) {
      throw new ApiException(
          new ApiError(
              415,
              "unsupported_content_encoding",
              "Content-Encoding is "
                  + LocalCalls.shown(encoding)
                  + ": only gzip and identity can be read",
              "content-encoding"));
    }
    return new RequestBody(
        new PatientStream(
            request.content().inputStream(), bounds.patience(), bounds.pace(), stopping),
        gzip,
        bounds.inflation());
  }

  /** The data that was meant. */
  public InputStream inflated() {
    return gzip ? new GzipMembers(raw, inflation) : raw;
  }

  /**
   * Reads and drops the rest, within reason. A connection that is closed while its client is
   * sending is reset, and the client would never see the answer.
   */
  public void drain() {
    var buffer = new byte[64 * 1024];
    raw.patience(DRAIN_PATIENCE);
    long begun = System.nanoTime();
    try {
      long drained = 0;
      int read = 0;
      while (read >= 0
          && drained < MOST_DRAINED
          && System.nanoTime() - begun < LONGEST_DRAIN.toNanos()) {
        read = raw.read(buffer);
        drained += read;
      }
    } catch (IOException e) {
      LOGGER.atDebug().setCause(e).log("client went away before its answer");
    }
  }

  /** Does the same with a body that nobody has asked for yet. */
  public static void drain(ServerRequest request) {
    // A client that waits for "100 Continue" reads the answer instead, and sends nothing.
    if (request.continueSent()) {
      var any = new Pace(DRAIN_PATIENCE, 0);
      var stream =
          new PatientStream(request.content().inputStream(), DRAIN_PATIENCE, any, () -> false);
      try (var body = new RequestBody(stream, false, 1)) {
        body.drain();
      }
    }
  }

  @Override
  public void close() {
    raw.close();
  }
}
