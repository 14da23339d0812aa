package dev.offpeak.ingest.files;

import dev.offpeak.ingest.http.ApiError;
import dev.offpeak.ingest.http.ApiException;
import dev.offpeak.schemas.avro.GatewayFile;
import io.helidon.http.HeaderNames;
import io.helidon.http.Method;
import io.helidon.http.Status;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;

/** Hands files out, whole or a range of one, with a buffer of fixed size. */
final class Contents {

  private static final int PIECE = 64 * 1024;

  private final FileStore files;

  Contents(FileStore files) {
    this.files = files;
  }

  /**
   * Answers with the bytes that a request asks for.
   *
   * @param id of the file, by which it is known whether it is still the same
   * @throws ApiException when it ends before the range
   */
  void send(String id, GatewayFile file, ServerRequest request, ServerResponse response) {
    long total = file.getBytes();
    String tag = '"' + id + '"';
    Optional<ByteRange> asked =
        request
            .headers()
            .first(HeaderNames.RANGE)
            .filter(_ -> request.headers().first(HeaderNames.IF_RANGE).orElse(tag).equals(tag))
            .flatMap(range -> ByteRange.of(range, total));
    ByteRange range = asked.orElse(ByteRange.all(total));
    if (asked.isPresent() && range.length() == 0) {
      response.header(HeaderNames.CONTENT_RANGE, "bytes */" + total);
      throw new ApiException(
          new ApiError(
              416, "range_not_satisfiable", "the file has " + total + " bytes only", "range"));
    }
    response.header(HeaderNames.CONTENT_TYPE, "application/octet-stream");
    response.header(HeaderNames.ACCEPT_RANGES, "bytes");
    response.header(HeaderNames.ETAG, tag);
    response.header(
        HeaderNames.CONTENT_DISPOSITION,
        "attachment; filename=\"" + file.getFilename().replaceAll("[\"\\\\]|[^ -~]", "_") + "\"");
    if (asked.isPresent()) {
      response.status(Status.PARTIAL_CONTENT_206);
      response.header(HeaderNames.CONTENT_RANGE, range.words(total));
    }
    response.contentLength(range.length());
    if (range.length() == 0 || request.prologue().method().equals(Method.HEAD)) {
      response.send();
      return;
    }
    copy(file, range, response);
  }

  private void copy(GatewayFile file, ByteRange range, ServerResponse response) {
    try (InputStream in = files.open(file, range.from());
        OutputStream out = response.outputStream()) {
      byte[] piece = new byte[PIECE];
      long left = range.length();
      while (left > 0) {
        int read = in.read(piece, 0, (int) Math.min(PIECE, left));
        if (read < 0) {
          throw new IOException("the file is shorter than it was");
        }
        out.write(piece, 0, read);
        left -= read;
      }
    } catch (IOException e) {
      throw new CloseConnectionException("a file could not be handed out", e);
    }
  }
}
