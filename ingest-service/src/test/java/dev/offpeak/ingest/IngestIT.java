package dev.offpeak.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.offpeak.runtime.health.CheckResult;
import dev.offpeak.testkit.broker.TestKafka;
import dev.offpeak.testkit.broker.WithKafka;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPOutputStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is sent to POST /v1/requests, what comes back, and what stands in llm.requests then. */
@WithKafka
class IngestIT {

  private TestKafka kafka;
  private String topic;
  private Ingest ingest;

  @BeforeEach
  void start(TestKafka kafka) {
    this.kafka = kafka;
    topic = kafka.createTopic("llm.requests", 3);
    ingest =
        Ingest.start(
            kafka.bootstrapServers(),
            kafka.prefix(),
            Map.of("LIMITS_REQUEST_BYTES", "64KiB", "LIMITS_BODY_BYTES", "8MiB"));
  }

  @AfterEach
  void stop() {
    ingest.close();
  }

  @Test
  void aSingleLineBecomesOneRecordByteForByte() {
    // Given
    String line =
        "{ \"custom_id\" : \"größe-1\","
            + Lines.chat("x").substring("{\"custom_id\":\"x\",".length());

    // When
    var answer =
        ingest.post(
            line,
            Map.of(
                "content-type", "application/json",
                "x-offpeak-tenant", "acme",
                "x-offpeak-label-team", "support",
                "x-offpeak-label-feature", "triage",
                "x-offpeak-account", "openai-eu",
                "x-offpeak-deadline", "2030-01-01T00:00:00Z",
                "x-offpeak-replay-id", "again",
                "anthropic-version", "2026-10-21",
                "anthropic-beta", "one,two",
                "traceparent", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"));

    // Then
    assertThat(answer.status()).isEqualTo(202);
    assertThat(answer.json().toString()).isEqualTo("{\"accepted\":1,\"rejected\":0,\"errors\":[]}");
    var record = kafka.read(topic).getFirst();
    assertThat(new String(record.value(), UTF_8)).isEqualTo(line);
    assertThat(new String(record.key(), UTF_8)).isEqualTo("größe-1");
    assertThat(headers(record))
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "offpeak-tenant", "acme",
                "offpeak-label-team", "support",
                "offpeak-label-feature", "triage",
                "offpeak-account", "openai-eu",
                "offpeak-deadline", "2030-01-01T00:00:00Z",
                "offpeak-replay-id", "again",
                "anthropic-version", "2026-10-21",
                "anthropic-beta", "one,two",
                "traceparent", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"));
  }

  @Test
  void aStreamOf20000LinesIsTakenWholeAndOnce() {
    // When
    var answer = ingest.post(Lines.chats(20_000));

    // Then
    assertThat(answer.status()).isEqualTo(202);
    assertThat(answer.json().get("accepted").asInt()).isEqualTo(20_000);
    var records = kafka.read(topic);
    assertThat(records).hasSize(20_000);
    assertThat(records.stream().map(IngestIT::key).distinct()).hasSize(20_000);
    assertThat(records).allSatisfy(r -> assertThat(value(r)).isEqualTo(Lines.chat(key(r))));
    assertThat(
            ingest.meters.get("offpeak.ingest.lines").tag("result", "accepted").counter().count())
        .isEqualTo(20_000);
  }

  @Test
  void badLinesAreNamedByNumberAndTheOthersGoOn() {
    // Given good lines at 1, 4 and 9, and something wrong in between
    String body =
        String.join(
            "\n",
            Lines.chat("a"),
            "{\"custom_id\": broken",
            "",
            Lines.chat("b") + "\r",
            "[" + Lines.chat("c") + "]",
            Lines.chat("x".repeat(600)),
            Lines.chat("big", "x".repeat(70_000)),
            Lines.chat("d").replace("/v1/chat/completions", "/v1/nowhere"),
            Lines.chat("e"));

    // When
    var answer = ingest.post(body);

    // Then
    assertThat(answer.status()).isEqualTo(202);
    assertThat(answer.json().get("accepted").asInt()).isEqualTo(3);
    assertThat(answer.json().get("rejected").asInt()).isEqualTo(5);
    assertThat(answer.json().get("errors"))
        .extracting(e -> e.get("line").asInt() + " " + e.get("code").asText())
        .containsExactly(
            "2 malformed_record",
            "5 malformed_record",
            "6 invalid_custom_id",
            "7 request_too_large",
            "8 unsupported_endpoint");
    assertThat(answer.json().get("errors")).allMatch(e -> !e.get("message").asText().isBlank());
    assertThat(kafka.read(topic))
        .extracting(IngestIT::key)
        .containsExactlyInAnyOrder("a", "b", "e");
  }

  @Test
  void whenEveryLineIsRefusedSoIsTheRequest() {
    var lone = ingest.post("{\"nothing\": true}\n");
    assertThat(lone.status()).isEqualTo(400);
    assertThat(lone.code()).isEqualTo("malformed_record");
    assertThat(lone.json().get("errors").get(0).get("line").asInt()).isEqualTo(1);

    var several = ingest.post("nonsense\nmore nonsense\n");
    assertThat(several.status()).isEqualTo(400);
    assertThat(several.code()).isEqualTo("all_lines_refused");
    assertThat(several.json().get("rejected").asInt()).isEqualTo(2);

    var tooLong = ingest.post(Lines.chat("big", "x".repeat(70_000)));
    assertThat(tooLong.status()).isEqualTo(413);
    assertThat(tooLong.code()).isEqualTo("request_too_large");

    assertThat(ingest.post("\n\n").code()).isEqualTo("empty_body");
    assertThat(ingest.post("").code()).isEqualTo("empty_body");
    assertThat(kafka.read(topic)).isEmpty();
  }

  @Test
  void theListOfErrorsIsCappedAndSaysByHowMuch() {
    var answer = ingest.post(Lines.chat("good") + "\n" + "nonsense\n".repeat(1_500));

    assertThat(answer.status()).isEqualTo(202);
    assertThat(answer.json().get("rejected").asInt()).isEqualTo(1_500);
    assertThat(answer.json().get("errors")).hasSize(1_000);
    assertThat(answer.json().get("errors_left_out").asInt()).isEqualTo(500);
  }

  @Test
  void gzipIsInflatedAlsoWhenItHasSeveralMembersThatComeSlowly() throws IOException {
    // Given two members; the second is sent only after the first was read
    byte[] first = gzip(Lines.chats(300));
    byte[] second = gzip(Lines.chat("last") + "\n");
    var pieces =
        List.of(Arrays.copyOf(first, 10), Arrays.copyOfRange(first, 10, first.length), second);

    // When
    var answer =
        ingest.post(BodyPublishers.ofByteArrays(pieces), Map.of("content-encoding", "gzip"));

    // Then
    assertThat(answer.status()).isEqualTo(202);
    assertThat(answer.json().get("accepted").asInt()).isEqualTo(301);
    assertThat(kafka.read(topic)).hasSize(301).extracting(IngestIT::key).contains("last");
  }

  @Test
  void brokenGzipIsRefusedWithWhatWasTaken() throws IOException {
    byte[] whole = gzip(Lines.chats(5_000));

    var noGzip = ingest.post("plain text", Map.of("content-encoding", "gzip"));
    assertThat(noGzip.status()).isEqualTo(400);
    assertThat(noGzip.code()).isEqualTo("unreadable_body");
    assertThat(noGzip.message()).contains("Nothing is stored");

    var cut =
        ingest.post(
            BodyPublishers.ofByteArray(whole, 0, whole.length / 2),
            Map.of("content-encoding", "gzip"));
    assertThat(cut.status()).isEqualTo(400);
    assertThat(cut.code()).isEqualTo("unreadable_body");
    int accepted = cut.json().get("accepted").asInt();
    assertThat(accepted).isBetween(1, 4_999);
    assertThat(cut.json().get("resume_from_line").asInt()).isEqualTo(accepted + 1);
    assertThat(kafka.read(topic)).hasSize(accepted);

    var brotli = ingest.post(Lines.chat("a"), Map.of("content-encoding", "br"));
    assertThat(brotli.status()).isEqualTo(415);
    assertThat(brotli.code()).isEqualTo("unsupported_content_encoding");
  }

  @Test
  void aBodyOverTheLimitIsBrokenOffWithWhatWasTaken() {
    // Given 40,000 lines, about 9 MB, where 8 MiB are allowed
    String body = Lines.chats(60_000);
    assertThat(body.length()).isGreaterThan(8 * 1024 * 1024);

    // When
    var answer = ingest.post(body);

    // Then
    assertThat(answer.status()).isEqualTo(413);
    assertThat(answer.code()).isEqualTo("body_too_large");
    int accepted = answer.json().get("accepted").asInt();
    assertThat(answer.json().get("resume_from_line").asInt()).isEqualTo(accepted + 1);
    assertThat(kafka.read(topic)).hasSize(accepted);
    assertThat(body.split("\n", accepted + 1)[accepted - 1].length()).isPositive();
  }

  @Test
  void whatIsNotThereOrNotMeantIsRefusedInTheSameShape() {
    var nowhere = ingest.send(ingest.request("/v1/nothing").GET().build());
    assertThat(nowhere.status()).isEqualTo(404);
    assertThat(nowhere.code()).isEqualTo("not_found");

    var get = ingest.send(ingest.request("/v1/requests").GET().build());
    assertThat(get.status()).isEqualTo(405);
    assertThat(get.code()).isEqualTo("method_not_allowed");
    assertThat(get.headers().get("allow")).containsExactly("POST");

    var form =
        ingest.post(Lines.chat("a"), Map.of("content-type", "application/x-www-form-urlencoded"));
    assertThat(form.status()).isEqualTo(415);
    assertThat(form.json().at("/error/param").asText()).isEqualTo("content-type");
    assertThat(form.json().at("/error/type").asText()).isEqualTo("invalid_request_error");
    assertThat(kafka.read(topic)).isEmpty();
  }

  @Test
  void theServiceIsReadyOnceItHasSeenItsTopic() {
    Awaitility.await()
        .untilAsserted(
            () ->
                assertThat(ingest.health.readiness().entries())
                    .extracting(entry -> entry.result())
                    .containsExactly(new CheckResult.Ok()));
  }

  static byte[] gzip(String text) throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(bytes)) {
      gzip.write(text.getBytes(UTF_8));
    }
    return bytes.toByteArray();
  }

  private static String key(ConsumerRecord<byte[], byte[]> record) {
    return new String(record.key(), UTF_8);
  }

  private static String value(ConsumerRecord<byte[], byte[]> record) {
    return new String(record.value(), UTF_8);
  }

  private static Map<String, String> headers(ConsumerRecord<byte[], byte[]> record) {
    var headers = new TreeMap<String, String>();
    record.headers().forEach(h -> headers.put(h.key(), new String(h.value(), UTF_8)));
    return headers;
  }
}
