package dev.offpeak.ingest.http;

import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The body of an HTTP request, as it comes and inflated. */
final class RequestBody {

  private static final Logger LOGGER = LoggerFactory.getLogger(RequestBody.class);

  /** What is read of a body that nobody wants, so that its sender comes to read the answer. */
  private static final long MOST_DRAINED = 64L * 1024 * 1024;

  private final InputStream raw;
  private final boolean gzip;

  private RequestBody(InputStream raw, boolean gzip) {
    this.raw = raw;
    this.gzip = gzip;
  }

  /**
   * Asks the client for the body, when it waits to be asked.
   *
   * @throws ApiException when its encoding is not one that can be inflated
   */
  static RequestBody of(ServerRequest request) {
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
    return new RequestBody(new CheckedFailures(request.content().inputStream()), gzip);
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
    if (request.content().hasEntity() && request.continueSent()) {
      new RequestBody(new CheckedFailures(request.content().inputStream()), false).drain();
    }
  }

  /** Helidon throws unchecked what other streams throw as IOException. */
  private static final class CheckedFailures extends FilterInputStream {
    CheckedFailures(InputStream in) {
      super(in);
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      try {
        return super.read(into, offset, length);
      } catch (UncheckedIOException e) {
        throw e.getCause();
      } catch (RuntimeException e) {
        throw new IOException(e.getMessage(), e);
      }
    }

    @Override
    public int read() throws IOException {
      var one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }
  }
}
