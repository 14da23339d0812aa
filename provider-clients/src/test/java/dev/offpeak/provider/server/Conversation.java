package dev.offpeak.provider.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

/** One request and its answer, byte by byte. */
public final class Conversation {

  private final Socket socket;
  private final Consumer<Seen> register;
  private final InputStream in;
  private final OutputStream out;
  private final Seen request;

  Conversation(Socket socket, Consumer<Seen> register) throws IOException {
    this.socket = socket;
    this.register = register;
    this.in = socket.getInputStream();
    this.out = socket.getOutputStream();
    this.request = readHead();
    register.accept(request);
  }

  private Seen readHead() throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    while (!head.toString(UTF_8).endsWith("\r\n\r\n")) {
      int b = in.read();
      if (b < 0) {
        throw new EOFException("no request");
      }
      head.write(b);
    }
    String[] lines = head.toString(UTF_8).split("\r\n");
    String[] first = lines[0].split(" ");
    Map<String, String> headers = new HashMap<>();
    for (int i = 1; i < lines.length; i++) {
      int colon = lines[i].indexOf(':');
      headers.put(
          lines[i].substring(0, colon).toLowerCase(Locale.ROOT), lines[i].substring(colon + 2));
    }
    return new Seen(first[0], first[1], headers);
  }

  /** The next request on the same connection. */
  public Conversation next() throws IOException {
    return new Conversation(socket, register);
  }

  /** The declared length of the request's body. */
  public long length() {
    String length = request.header("content-length");
    return length == null ? 0 : Long.parseLong(length);
  }

  /** Reads the whole body into memory. */
  public void readBody() throws IOException {
    request.setBody(in.readNBytes((int) length()));
  }

  /** Reads that many bytes of the body and forgets them; returns how many there were. */
  public long skipBody(long bytes) throws IOException {
    byte[] buffer = new byte[64 * 1024];
    long skipped = 0;
    while (skipped < bytes) {
      int read = in.read(buffer, 0, (int) Math.min(buffer.length, bytes - skipped));
      if (read < 0) {
        return skipped;
      }
      skipped += read;
    }
    return skipped;
  }

  /** Sends an answer. */
  public void answer(int status, String body, String... headers) throws IOException {
    byte[] bytes = body.getBytes(UTF_8);
    head(status, bytes.length, headers);
    send(bytes);
  }

  /** Sends the head of an answer of that length. */
  public void head(int status, long length, String... headers) throws IOException {
    StringBuilder head = new StringBuilder("HTTP/1.1 " + status + " X\r\nConnection: close\r\n");
    head.append("Content-Length: ").append(length).append("\r\n");
    for (String header : headers) {
      head.append(header).append("\r\n");
    }
    send(head.append("\r\n").toString().getBytes(UTF_8));
  }

  /** Sends bytes as they are. */
  public void send(byte[] bytes) throws IOException {
    out.write(bytes);
    out.flush();
  }

  /** Resets the connection. */
  public void reset() throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }
}
