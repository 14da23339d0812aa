package dev.offpeak.simulator.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.offpeak.simulator.fault.Hostility;
import dev.offpeak.simulator.time.Sleeper;
import io.helidon.common.buffers.DataReader;
import io.helidon.webserver.CloseConnectionException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;

/** Sends answers byte by byte, as no server should. Every connection is closed in the end. */
final class HostileSender {
  private static final int A_SECOND = 1000;

  private final Connections connections;
  private final Sleeper sleeper;

  HostileSender(Connections connections, Sleeper sleeper) {
    this.connections = connections;
    this.sleeper = sleeper;
  }

  /** Whether an answer of that kind can't be sent by a server that means well. */
  static boolean sends(Hostility hostility) {
    return switch (hostility) {
      case NEVER_ANSWERS, HEADER_STORM, GIANT_HEADER, INTERIM_STORM -> true;
      default -> hostility.kind() == Hostility.Kind.BADLY_SENT;
    };
  }

  /** Sends it, and never returns. */
  void send(Hostility hostility, Reply reply) throws IOException {
    byte[] body = ReplyBytes.of(reply);
    try {
      switch (hostility) {
        case NEVER_ANSWERS -> {}
        case HEADER_STORM -> storm("HTTP/1.1 200 OK\r\n", "X-Storm: " + "s".repeat(1000) + "\r\n");
        case GIANT_HEADER -> storm("HTTP/1.1 200 OK\r\nX-Giant: ", "g".repeat(10_000));
        case INTERIM_STORM -> storm("", "HTTP/1.1 103 Early Hints\r\nLink: <a>\r\n\r\n");
        case HALF_ANSWER -> {
          head(reply, "Content-Length: " + body.length);
          connections.send(Arrays.copyOf(body, body.length / 2));
        }
        case NEVER_CLOSED -> {
          head(reply, "Connection: close");
          connections.send(body);
        }
        case DRIP -> {
          head(reply, "Content-Length: " + body.length);
          drip(body);
        }
        case LENGTH_TOO_LONG -> {
          head(reply, "Content-Length: " + (body.length + 1000));
          connections.send(body);
          throw new CloseConnectionException("shorter than it said");
        }
        case LENGTH_TOO_SHORT -> {
          head(reply, "Content-Length: " + body.length / 2);
          connections.send(body);
        }
        case GARBAGE_CHUNKS -> {
          head(reply, "Transfer-Encoding: chunked");
          connections.send("1\r\n{\r\nzz\r\n".getBytes(ISO_8859_1));
          throw new CloseConnectionException("garbage was sent");
        }
        default -> throw new IllegalStateException(hostility + " is sent by the server");
      }
      connections.awaitEnd();
    } catch (UncheckedIOException | DataReader.InsufficientDataAvailableException e) {
      throw new CloseConnectionException("the caller has gone", e);
    }
  }

  private void storm(String begin, String again) {
    byte[] more = again.getBytes(ISO_8859_1);
    connections.send(begin.getBytes(ISO_8859_1));
    while (!Thread.currentThread().isInterrupted()) {
      connections.send(more);
    }
  }

  private void drip(byte[] body) {
    for (int i = 0; i < body.length && !Thread.currentThread().isInterrupted(); i++) {
      sleeper.sleep(A_SECOND);
      connections.send(new byte[] {body[i]});
    }
  }

  private void head(Reply reply, String length) {
    StringBuilder head = new StringBuilder("HTTP/1.1 " + reply.status() + " Hostile\r\n");
    head.append("Content-Type: ").append(reply.contentType()).append("\r\n");
    reply.headers().forEach((name, value) -> head.append(name + ": " + value + "\r\n"));
    connections.send(head.append(length).append("\r\n\r\n").toString().getBytes(ISO_8859_1));
  }
}
