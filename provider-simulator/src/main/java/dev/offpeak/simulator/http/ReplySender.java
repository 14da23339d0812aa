package dev.offpeak.simulator.http;

import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.ServerResponse;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;

/** Sends a reply, whole or cut off. */
public final class ReplySender {
  private static final int CHUNK_BYTES = 1 << 16;

  private ReplySender() {}

  /** Sends at most {@code mostBytes} of the body, then closes the connection if there is more. */
  public static void send(ServerResponse response, Reply reply, long mostBytes) throws IOException {
    response.status(Status.create(reply.status()));
    response.header(HeaderNames.CONTENT_TYPE, reply.contentType());
    reply.headers().forEach((name, value) -> response.header(HeaderNames.create(name), value));
    switch (reply.body()) {
      case Reply.Body.Bytes(byte[] bytes) -> {
        if (bytes.length <= mostBytes) {
          response.send(bytes);
        } else {
          copy(response, new ByteArrayInputStream(bytes), bytes.length, mostBytes);
        }
      }
      case Reply.Body.Quoting quoting ->
          throw new IllegalStateException("The answer was given no id");
      case Reply.Body.Stored stored -> {
        try (InputStream in = Files.newInputStream(stored.file())) {
          copy(response, in, stored.length(), mostBytes);
        }
      }
      case Reply.Body.Streamed streamed -> {
        if (mostBytes == Long.MAX_VALUE) {
          try (OutputStream out = response.outputStream()) {
            streamed.writeTo(out);
          }
        } else {
          streamed.writeTo(new ClosingStream(response.outputStream(), mostBytes));
          throw new CloseConnectionException("cut off by a fault");
        }
      }
    }
  }

  private static void copy(ServerResponse response, InputStream in, long length, long mostBytes)
      throws IOException {
    response.header(HeaderNames.CONTENT_LENGTH, Long.toString(length));
    if (length == 0) {
      response.send();
      return;
    }
    OutputStream out = response.outputStream();
    byte[] chunk = new byte[CHUNK_BYTES];
    long left = Math.min(length, mostBytes);
    while (left > 0) {
      int read = in.read(chunk, 0, (int) Math.min(chunk.length, left));
      if (read < 0) {
        break;
      }
      out.write(chunk, 0, read);
      left -= read;
    }
    out.flush();
    if (mostBytes < length) {
      throw new CloseConnectionException("cut off by a fault");
    }
    out.close();
  }
}
