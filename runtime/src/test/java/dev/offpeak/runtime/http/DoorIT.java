package dev.offpeak.runtime.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.helidon.webserver.WebServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a client that does not finish its request can hold. */
class DoorIT {

  private static final int PATIENCE_MILLIS = 300_000;
  private static final String HEAD = "POST / HTTP/1.1\r\nHost: localhost\r\n";
  private static final String HALF = HEAD + "Content-Length: 10\r\n\r\nhello";

  @Test
  void anUnfinishedHeadIsAnsweredAndClosed() throws IOException {
    assertThat(answer(Door.Part.HEAD, "POST / HT")).startsWith("HTTP/1.1 408");
    assertThat(answer(Door.Part.HEAD, HEAD + "X-A: b")).startsWith("HTTP/1.1 408");
    assertThat(answer(Door.Part.WHOLE, HEAD)).startsWith("HTTP/1.1 408");
  }

  @Test
  void anUnfinishedBodyIsToo() throws IOException {
    assertThat(answer(Door.Part.WHOLE, HALF)).startsWith("HTTP/1.1 408");
    assertThat(answer(Door.Part.WHOLE, HEAD + "Transfer-Encoding: chunked\r\n\r\n7fffffff\r\nhe"))
        .startsWith("HTTP/1.1 408");
  }

  @Test
  void theNextRequestOfAConnectionIsCountedAnew() throws IOException {
    String whole = HEAD + "Content-Length: 5\r\n\r\nhello";

    assertThat(answer(Door.Part.WHOLE, whole + whole + HEAD))
        .startsWith("HTTP/1.1 200")
        .containsSubsequence("5 bytes", "5 bytes", "HTTP/1.1 408");
  }

  @Test
  void chunksArriveAsTheyWereMeant() throws IOException {
    String chunks = "5\r\nhello\r\nA\r\n0123456789\r\n0\r\n\r\n";
    String chunked = "Transfer-Encoding: chunked\r\n\r\n";

    assertThat(answer(Door.Part.HEAD, HEAD + chunked + chunks)).contains("15 bytes");
  }

  @Test
  void aChunkMayComeInPiecesOfAnyLength() throws IOException {
    String chunked = "Transfer-Encoding: chunked\r\n\r\n";
    String chunk = "64\r\n" + "x".repeat(100) + "\r\n";
    String body = chunk + chunk + "0\r\n\r\n";

    for (int piece = 1; piece < 8; piece++) {
      var pieces = new ArrayList<String>(List.of(HEAD + chunked));
      for (int i = 0; i < body.length(); i += piece) {
        pieces.add(body.substring(i, Math.min(body.length(), i + piece)));
      }
      assertThat(answer(Door.Part.HEAD, pieces)).as("pieces of %d", piece).contains("200 bytes");
    }
  }

  /** What comes back until the server closes. */
  private static String answer(Door.Part part, String sent) throws IOException {
    return answer(part, List.of(sent));
  }

  private static String answer(Door.Part part, List<String> pieces) throws IOException {
    var door = new Door("127.0.0.1", 0, Duration.ofMinutes(5), Duration.ofSeconds(1), part);
    WebServer server =
        door.server()
            .routing(
                routing ->
                    routing.post(
                        "/",
                        (request, response) ->
                            response.send(
                                request.content().inputStream().readAllBytes().length + " bytes")))
            .build()
            .start();
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      socket.setSoTimeout(PATIENCE_MILLIS);
      socket.setTcpNoDelay(true);
      for (String piece : pieces) {
        socket.getOutputStream().write(piece.getBytes(US_ASCII));
      }
      if (String.join("", pieces).endsWith("\r\n0\r\n\r\n")) {
        socket.shutdownOutput();
      }
      return new String(socket.getInputStream().readAllBytes(), US_ASCII);
    } finally {
      server.stop();
    }
  }
}
