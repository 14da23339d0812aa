package dev.offpeak.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.offpeak.testkit.broker.TestKafka;
import dev.offpeak.testkit.broker.WithKafka;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What pages of other sites can make a browser send to an ingest-service without keys. */
@WithKafka
class LocalCallsIT {

  private static final String LINE =
      "{\"custom_id\":\"a\",\"method\":\"POST\",\"url\":\"/v1/chat/completions\","
          + "\"body\":{\"model\":\"gpt-4o-mini\",\"messages\":[]}}";
  private static final String JSON = "Content-Type: application/json";
  private static final String HERE = "Host: 127.0.0.1:8090";

  @Test
  void onlyProgramsOfThisMachineAreLetIn(TestKafka kafka) throws IOException {
    kafka.createTopic("llm.requests", 1);
    try (Ingest ingest = Ingest.start(kafka.bootstrapServers(), kafka.prefix(), Map.of())) {
      for (List<String> local :
          List.of(
              List.of(HERE, JSON),
              List.of("Host: localhost", JSON),
              List.of("Host: [::1]:8090", JSON),
              List.of("Host: LOCALHOST:1", "content-type: APPLICATION/JSON"),
              List.of("Host: [::ffff:127.0.0.1]", JSON),
              List.of("Host: 127.8.9.1", JSON),
              List.of(HERE, JSON, "Origin: HTTP://[::1]:5173"),
              List.of(HERE, "Content-Type: application/x-ndjson; charset=utf-8"),
              List.of(HERE, JSON, "Origin: http://localhost:3000", "Sec-Fetch-Site: same-site"))) {
        assertThat(status(ingest, local)).as("%s", local).isEqualTo(202);
      }
      for (List<String> foreign :
          List.of(
              List.of("Host: evil.example", JSON),
              List.of("Host: evil.example:8090", JSON),
              List.of("Host: localhost.evil.example", JSON),
              List.of("Host: 127.0.0.1.evil.example", JSON),
              List.of("Host: [2001:db8::1]:8090", JSON),
              List.of("Host: 0.0.0.0:8090", JSON),
              List.of("Host: 192.168.0.7", JSON),
              List.of("Host: EVIL.EXAMPLE", JSON),
              List.of(HERE, JSON, "Origin: "),
              List.of(HERE, JSON, "Origin: file://"),
              List.of(HERE, JSON, "Origin: http://localhost@evil.example"),
              List.of(HERE, JSON, "Origin: http://[2001:db8::1]"),
              List.of(HERE, JSON, "ORIGIN: HTTPS://EVIL.EXAMPLE:443"),
              List.of(HERE, JSON, "Origin: http://localhost", "Origin: https://evil.example"),
              List.of(HERE, JSON, "Sec-Fetch-Site: Cross-Site"),
              List.of(HERE, JSON, "Origin: https://evil.example"),
              List.of(HERE, JSON, "Origin: null"),
              List.of(HERE, JSON, "Origin: http://localhost.evil.example"),
              List.of(HERE, JSON, "Sec-Fetch-Site: cross-site"))) {
        assertThat(status(ingest, foreign)).as("%s", foreign).isEqualTo(403);
      }
      for (List<String> unasked :
          List.of(
              List.of(HERE),
              List.of(HERE, "Content-Type: text/plain"),
              List.of(HERE, JSON, "Content-Type: text/plain"),
              List.of(HERE, "Content-Type: TEXT/PLAIN;charset=utf-8"),
              List.of(HERE, "Content-Type: text/plain; application/json"),
              List.of(HERE, "Content-Type: application/x-www-form-urlencoded"),
              List.of(HERE, "Content-Type: multipart/form-data; boundary=x"))) {
        assertThat(status(ingest, unasked)).as("%s", unasked).isEqualTo(415);
      }
    }
    assertThat(kafka.read(kafka.name("llm.requests"))).hasSize(9);
  }

  private static int status(Ingest ingest, List<String> headers) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), ingest.port())) {
      socket
          .getOutputStream()
          .write(
              ("POST /v1/requests HTTP/1.1\r\n"
                      + String.join("\r\n", headers)
                      + "\r\nConnection: close\r\nContent-Length: "
                      + LINE.length()
                      + "\r\n\r\n"
                      + LINE)
                  .getBytes(UTF_8));
      String answer = new String(socket.getInputStream().readAllBytes(), UTF_8);
      return Integer.parseInt(answer.substring("HTTP/1.1 ".length(), "HTTP/1.1 200".length()));
    }
  }
}
