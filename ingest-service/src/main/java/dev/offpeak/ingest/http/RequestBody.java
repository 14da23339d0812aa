package dev.offpeak.ingest.http;

import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Locale;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The body of an HTTP request, as it comes and inflated. */
final class RequestBody implements AutoCloseable {

  private static final Logger LOGGER = LoggerFactory.getLogger(RequestBody.class);

  /** What is read of a body that nobody wants, so that its sender comes to read the answer. */
  private static final long MOST_DRAINED = 64L * 1024 * 1024;

  private static final Duration DRAIN_PATIENCE = Duration.ofSeconds(2);

  private final PatientStream raw;
  private final boolean gzip;

  private RequestBody(PatientStream raw, boolean gzip) {
    this.raw = raw;
    this.gzip = gzip;
  }

  /**
   * Asks the client for the body, when it waits to be asked.
   *
   * @param patience longest wait for more of it
   * @param stopping whether to wait no longer
   * @throws ApiException when its encoding is not one that can be inflated
   */
  static RequestBody of(ServerRequest request, Duration patience, BooleanSupplier stopping) {
    String encoding =
        request
            .headers()
            .first(HeaderNames.CONTENT_ENCODING)
            .orElse("identity")
            .toLowerCase(Locale.ROOT);
    boolean gzip = encoding.equals("gzip") || encoding.equals("x-gzip");
    if (!gzip && !encoding.equals("identity")) {
      throw new ApiException(
          new ApiError(
              415,
              "unsupported_content_encoding",
              "Content-Encoding is " + encoding + ": only gzip and identity can be read",
              "content-encoding"));
    }
    return new RequestBody(
        new PatientStream(request.content().inputStream(), patience, stopping), gzip);
  }

  /**
   * The data that was meant.
   *
   * @throws IOException when it does not begin as gzip data does, but should
   */
  InputStream inflated() throws IOException {
    return gzip ? GzipMembers.open(raw) : raw;
  }

  /**
   * Reads and drops the rest, within reason. A connection that is closed while its client is
   * sending is reset, and the client would never see the answer.
   */
  void drain() {
    var buffer = new byte[64 * 1024];
    raw.patience(DRAIN_PATIENCE);
    try {
      long drained = 0;
      int read = 0;
      while (read >= 0 && drained < MOST_DRAINED) {
        read = raw.read(buffer);
        drained += read;
      }
    } catch (IOException e) {
      LOGGER.atDebug().setCause(e).log("client went away before its answer");
    }
  }

  /** Does the same with a body that nobody has asked for yet. */
  static void drain(ServerRequest request) {
    // A client that waits for "100 Continue" reads the answer instead, and sends nothing.
    if (request.continueSent()) {
      var stream = new PatientStream(request.content().inputStream(), DRAIN_PATIENCE, () -> false);
      try (var body = new RequestBody(stream, false)) {
        body.drain();
      }
    }
  }

  @Override
  public void close() {
    raw.close();
  }
}
