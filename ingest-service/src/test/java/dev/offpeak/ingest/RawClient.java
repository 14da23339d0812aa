package dev.offpeak.ingest;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;

/** A client that sends whatever bytes it is given, and reads what comes back. */
final class RawClient implements AutoCloseable {

  private static final int PATIENCE_MILLIS = 300_000;

  private final Socket socket;

  private RawClient(Socket socket) {
    this.socket = socket;
  }

  static RawClient connect(int port) throws IOException {
    var socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(PATIENCE_MILLIS);
    socket.setTcpNoDelay(true);
    return new RawClient(socket);
  }

  /** Sends and lets the server read on. */
  RawClient send(String latin) throws IOException {
    return send(latin.getBytes(ISO_8859_1));
  }

  RawClient send(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
    socket.getOutputStream().flush();
    return this;
  }

  /** Sends nothing more, and still reads. */
  RawClient endOfSending() throws IOException {
    socket.shutdownOutput();
    return this;
  }

  /** Whether something was answered that is not read yet. */
  boolean hasAnswer() throws IOException {
    return socket.getInputStream().available() > 0;
  }

  /** The next characters that are answered. */
  String read(int length) throws IOException {
    return new String(socket.getInputStream().readNBytes(length), ISO_8859_1);
  }

  /** Whatever is answered until the server closes; a reset is an end, too. */
  String answer() {
    var read = new ByteArrayOutputStream();
    try {
      int next = socket.getInputStream().read();
      while (next >= 0) {
        read.write(next);
        next = socket.getInputStream().read();
      }
    } catch (IOException e) {
      read.writeBytes((" [" + e.getMessage() + "]").getBytes(ISO_8859_1));
    }
    return read.toString(ISO_8859_1);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
