package dev.offpeak.ingest;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Locale;

/** A client that sends its body in pieces, as chunks, when the test says so. */
final class SlowClient implements AutoCloseable {

  private static final int PATIENCE_MILLIS = 300_000;

  private final Socket socket;

  private SlowClient(Socket socket) {
    this.socket = socket;
  }

  static SlowClient connect(int port) throws IOException {
    var socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(PATIENCE_MILLIS);
    socket.setTcpNoDelay(true);
    var client = new SlowClient(socket);
    client.write(
        "POST /v1/requests HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
            + "Content-Type: application/x-ndjson\r\nTransfer-Encoding: chunked\r\n\r\n");
    return client;
  }

  /** Sends a piece of the body. */
  void send(String piece) throws IOException {
    var bytes = piece.getBytes(UTF_8);
    write(Integer.toHexString(bytes.length).toUpperCase(Locale.ROOT) + "\r\n" + piece + "\r\n");
  }

  /** Ends the body and reads the answer. */
  String finish() throws IOException {
    write("0\r\n\r\n");
    return answer();
  }

  /** Reads the answer, head and body. */
  String answer() throws IOException {
    return new String(socket.getInputStream().readAllBytes(), UTF_8);
  }

  private void write(String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(text.startsWith("POST") ? US_ASCII : UTF_8));
    socket.getOutputStream().flush();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
