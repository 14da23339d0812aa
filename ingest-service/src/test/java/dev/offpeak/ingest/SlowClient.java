package dev.offpeak.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.util.Locale;

/** A client that sends lines in pieces, as chunks, when the test says so. */
final class SlowClient implements AutoCloseable {

  private final RawClient client;

  private SlowClient(RawClient client) {
    this.client = client;
  }

  static SlowClient connect(int port) throws IOException {
    return new SlowClient(
        RawClient.connect(port)
            .send(
                "POST /v1/requests HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                    + "Content-Type: application/x-ndjson\r\nTransfer-Encoding: chunked\r\n\r\n"));
  }

  /** Sends a piece of the body. */
  void send(String piece) throws IOException {
    var bytes = piece.getBytes(UTF_8);
    var length = Integer.toHexString(bytes.length).toUpperCase(Locale.ROOT);
    client.send((length + "\r\n" + piece + "\r\n").getBytes(UTF_8));
  }

  /** Ends the body and reads the answer. */
  String finish() throws IOException {
    client.send("0\r\n\r\n");
    return answer();
  }

  /** Reads the answer, head and body. */
  String answer() {
    return client.answer();
  }

  @Override
  public void close() throws IOException {
    client.close();
  }
}
