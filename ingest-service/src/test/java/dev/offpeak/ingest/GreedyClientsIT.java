package dev.offpeak.ingest;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.offpeak.testkit.broker.TestKafka;
import dev.offpeak.testkit.broker.WithKafka;
import dev.offpeak.testkit.time.Patience;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

/** Clients that take time, memory or work from the others. */
@WithKafka
class GreedyClientsIT {

  private static final String KEYS =
      """
      auth:
        keys:
          slow: {key: "env:SLOW_KEY", tenant: slow}
          quick: {key: "env:QUICK_KEY", tenant: quick}
      limits: {concurrent-streams: 4, streams-per-key: 4}
      """;
  private static final Map<String, String> SECRETS =
      Map.of("SLOW_KEY", "slow-key-0123456789", "QUICK_KEY", "quick-key-0123456789");
  private static final String HEAD =
      "POST /v1/requests HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n";

  @Test
  void slowBodiesOfOneKeyLeaveTheOthersTheirTurn(TestKafka kafka) throws Exception {
    kafka.createTopic("llm.requests", 1);
    List<RawClient> slow = new ArrayList<>();
    try (var ingest = Ingest.start(kafka, KEYS, SECRETS)) {
      for (int i = 0; i < 9; i++) {
        slow.add(RawClient.connect(ingest.port()));
        slow.getLast()
            .send(HEAD + "x-api-key: slow-key-0123456789\r\nContent-Length: 999\r\n\r\n{");
      }
      await()
          .atMost(Patience.LONG)
          .untilAsserted(
              () ->
                  assertThat(ingest.meters.get("offpeak.ingest.streams").gauge().value())
                      .isEqualTo(3));

      var answer = ingest.post(Lines.chat("a"), Map.of("x-api-key", "quick-key-0123456789"));

      assertThat(answer.status()).isEqualTo(202);
      assertThat(slow.getLast().answer()).startsWith("HTTP/1.1 429").contains("too_many_streams");
    } finally {
      for (RawClient client : slow) {
        client.close();
      }
    }
  }

  @Test
  void aHeadThatIsNotFinishedIsGivenUpHoweverItDrips(TestKafka kafka) throws Exception {
    kafka.createTopic("llm.requests", 1);
    try (var ingest =
            Ingest.start(
                kafka.bootstrapServers(), kafka.prefix(), Map.of("API_HEAD_TIMEOUT", "1s"));
        var silent = RawClient.connect(ingest.port());
        var dripping = RawClient.connect(ingest.port())) {
      silent.send("POST /v1/requests HTTP/1.1\r\nHost: loc");
      dripping.send(HEAD);

      assertThat(drip(dripping, "X-A: b\r\n"))
          .startsWith("HTTP/1.1 408")
          .contains("request_timeout");
      assertThat(silent.answer()).startsWith("HTTP/1.1 408").contains("request_timeout");
      assertThat(ingest.post(Lines.chat("a")).status()).isEqualTo(202);
    }
  }

  @Test
  void aBodyThatHardlyMovesIsGivenUpAndWhatItBroughtIsSaid(TestKafka kafka) throws Exception {
    kafka.createTopic("llm.requests", 1);
    var settings = Map.of("API_READ_TIMEOUT", "2s", "API_MINIMUM_RATE", "1MiB");
    try (var ingest = Ingest.start(kafka.bootstrapServers(), kafka.prefix(), settings);
        var client = RawClient.connect(ingest.port())) {
      client.send(HEAD + "Content-Length: 100000000\r\n\r\n" + Lines.chat("a") + "\n");

      assertThat(drip(client, "x"))
          .startsWith("HTTP/1.1 408")
          .contains("body_too_slow", "api.minimum-rate", "\"accepted\":1");
    }
  }

  @Test
  void aChunkOfGigabytesIsTakenAsItComes(TestKafka kafka) throws Exception {
    String topic = kafka.createTopic("llm.requests", 1);
    try (var ingest = Ingest.start(kafka.bootstrapServers(), kafka.prefix(), Map.of());
        var client = RawClient.connect(ingest.port())) {
      client.send(HEAD + "Transfer-Encoding: chunked\r\n\r\n7fffffff\r\n" + Lines.chat("a") + "\n");

      await().atMost(Patience.LONG).untilAsserted(() -> assertThat(kafka.read(topic)).hasSize(1));
    }
  }

  @Test
  void dataThatBecomesAThousandTimesAsMuchIsNotInflated(TestKafka kafka) throws Exception {
    kafka.createTopic("llm.requests", 1);
    try (var ingest = Ingest.start(kafka.bootstrapServers(), kafka.prefix(), Map.of())) {
      var answer =
          ingest.post(
              BodyPublishers.ofByteArray(gzip(" ".repeat(20 * 1024 * 1024))),
              Map.of("content-encoding", "gzip"));

      assertThat(answer.status()).isEqualTo(413);
      assertThat(answer.code()).isEqualTo("body_inflates_too_much");
      assertThat(answer.message()).contains("limits.inflation");
    }
  }

  @Test
  void aBodyOfBadOrBlankLinesEndsAtItsLimit(TestKafka kafka) throws Exception {
    kafka.createTopic("llm.requests", 1);
    var settings = Map.of("LIMITS_BAD_LINES", "100");
    try (var ingest = Ingest.start(kafka.bootstrapServers(), kafka.prefix(), settings)) {
      for (String useless : List.of("{}\n", "\n", " \r\n")) {
        var answer = ingest.post(Lines.chat("a") + "\n" + useless.repeat(200_000));

        assertThat(answer.status()).as(useless).isEqualTo(400);
        assertThat(answer.code()).isEqualTo("too_many_bad_lines");
        assertThat(answer.json().get("accepted").asInt()).isEqualTo(1);
      }
      assertThat(ingest.post(Lines.chat("b") + "\n".repeat(100)).status()).isEqualTo(202);
    }
  }

  @Test
  void aClientThatWaitsToBeAskedIsAskedAndPipelinedRequestsAreAnsweredInOrder(TestKafka kafka)
      throws Exception {
    String topic = kafka.createTopic("llm.requests", 1);
    String one = Lines.chat("one");
    try (var ingest = Ingest.start(kafka.bootstrapServers(), kafka.prefix(), Map.of());
        var waiting = RawClient.connect(ingest.port());
        var pipelining = RawClient.connect(ingest.port())) {
      waiting.send(
          HEAD + "Expect: 100-continue\r\nConnection: close\r\n" + length(one) + "\r\n\r\n");
      assertThat(waiting.read("HTTP/1.1 100 Continue\r\n\r\n".length())).startsWith("HTTP/1.1 100");
      assertThat(waiting.send(one).answer()).startsWith("HTTP/1.1 202");

      pipelining.send(
          HEAD
              + (length(one) + "\r\n\r\n" + one + HEAD)
              + (length("{}") + "\r\n\r\n{}" + HEAD)
              + ("Connection: close\r\n" + length(one) + "\r\n\r\n" + one));
      assertThat(Pattern.compile("HTTP/1.1 ...").matcher(pipelining.answer()).results())
          .extracting(MatchResult::group)
          .containsExactly("HTTP/1.1 202", "HTTP/1.1 400", "HTTP/1.1 202");
    }
    assertThat(kafka.read(topic)).hasSize(3);
  }

  private static String length(String body) {
    return "Content-Length: " + body.getBytes(UTF_8).length;
  }

  /** Sends a piece again and again until something is answered. */
  private static String drip(RawClient client, String piece) {
    await()
        .atMost(Patience.LONG)
        .until(
            () -> {
              try {
                client.send(piece.getBytes(US_ASCII));
                return client.hasAnswer();
              } catch (IOException e) {
                return true;
              }
            });
    return client.answer();
  }

  private static byte[] gzip(String data) throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(bytes)) {
      gzip.write(data.getBytes(US_ASCII));
    }
    return bytes.toByteArray();
  }
}
