package dev.offpeak.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.offpeak.kafka.embedded.BrokerOptions;
import dev.offpeak.kafka.embedded.EmbeddedKafka;
import dev.offpeak.testkit.broker.RecordsReader;
import dev.offpeak.testkit.broker.TestKafka;
import dev.offpeak.testkit.broker.WithKafka;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Clients that send slowly or stop, and what happens when Kafka or the service goes away. */
@WithKafka
class IngestStreamIT {

  @TempDir Path folder;

  @Test
  void linesOfASlowClientAreInKafkaBeforeItsBodyEnds(TestKafka kafka) throws IOException {
    // Given
    String topic = kafka.createTopic("llm.requests", 1);
    try (var ingest = Ingest.start(kafka.bootstrapServers(), kafka.prefix(), Map.of());
        var client = SlowClient.connect(ingest.port())) {

      // When a line and a half are sent
      String half = Lines.chat("two");
      client.send(Lines.chat("one") + "\n" + half.substring(0, 30));

      // Then
      Awaitility.await().untilAsserted(() -> assertThat(kafka.read(topic)).hasSize(1));
      client.send(half.substring(30));
      var answer = client.finish();
      assertThat(answer).startsWith("HTTP/1.1 202").contains("\"accepted\":2");
      assertThat(kafka.read(topic)).hasSize(2);
    }
  }

  @Test
  void aClientThatStallsIsGivenUpAndHalfALineIsNotTaken(TestKafka kafka) throws IOException {
    // Given
    String topic = kafka.createTopic("llm.requests", 1);
    try (var ingest =
            Ingest.start(
                kafka.bootstrapServers(), kafka.prefix(), Map.of("API_READ_TIMEOUT", "1s"));
        var client = SlowClient.connect(ingest.port())) {

      // When
      client.send(Lines.chat("one") + "\n" + Lines.chat("two").substring(0, 50));
      var answer = client.answer();

      // Then
      assertThat(answer).startsWith("HTTP/1.1 408").contains("body_too_slow", "\"accepted\":1");
      assertThat(kafka.read(topic)).hasSize(1);
    }
  }

  @Test
  void whenTheServiceStopsAStreamIsToldWhereToGoOn(TestKafka kafka) throws IOException {
    // Given a stream of which one line is taken
    String topic = kafka.createTopic("llm.requests", 1);
    var ingest = Ingest.start(kafka.bootstrapServers(), kafka.prefix(), Map.of());
    try (var client = SlowClient.connect(ingest.port())) {
      client.send(Lines.chat("one") + "\n");
      Awaitility.await().untilAsserted(() -> assertThat(kafka.read(topic)).hasSize(1));

      // When
      var closing = Thread.ofVirtual().start(ingest.service::close);

      // Then
      assertThat(client.answer())
          .startsWith("HTTP/1.1 503")
          .contains("shutting_down", "\"accepted\":1", "\"resume_from_line\":2");
      assertThat(kafka.read(topic)).hasSize(1);
      Awaitility.await().untilAsserted(() -> assertThat(closing.isAlive()).isFalse());
    } finally {
      ingest.close();
    }
  }

  @Test
  void whenKafkaGoesAwayAStreamIsToldWhatIsStoredAndWhenItIsBackLinesAreTakenAgain()
      throws IOException {
    // Given a broker of our own and a stream of which one line is acknowledged
    var options = BrokerOptions.in(folder);
    var broker = EmbeddedKafka.start(options);
    var again = broker.options();
    try (var ingest =
        Ingest.start(broker.bootstrapServers(), "", Map.of("PRODUCER_DELIVERY_TIMEOUT", "3s"))) {
      var reader = new RecordsReader(broker.bootstrapServers());
      new TestKafka(broker.bootstrapServers(), "").createTopic("llm.requests", 1);
      try (var client = SlowClient.connect(ingest.port())) {
        client.send(Lines.chat("one") + "\n\n");
        Awaitility.await().untilAsserted(() -> assertThat(reader.read("llm.requests")).hasSize(1));

        // When
        broker.close();
        client.send(Lines.chat("two") + "\n" + Lines.chat("three") + "\n");
        var answer = client.finish();

        // Then
        assertThat(answer).startsWith("HTTP/1.1 503").contains("Retry-After: 1");
        var json = new ObjectMapper().readTree(answer.substring(answer.indexOf('{')));
        assertThat(json.at("/error/code").asText()).isEqualTo("kafka_unavailable");
        assertThat(json.at("/error/message").asText()).contains("1 lines are stored", "line 3");
        assertThat(json.get("accepted").asInt()).isEqualTo(1);
        assertThat(json.get("resume_from_line").asInt()).isEqualTo(3);
      }
      Awaitility.await()
          .untilAsserted(() -> assertThat(ingest.health.readiness().isOk()).isFalse());

      // When it is back
      broker = EmbeddedKafka.start(again);
      var answer = ingest.post(Lines.chat("two") + "\n" + Lines.chat("three"));

      // Then
      assertThat(answer.status()).isEqualTo(202);
      assertThat(reader.read("llm.requests"))
          .extracting(r -> new String(r.key(), UTF_8))
          .containsExactly("one", "two", "three");
      Awaitility.await().untilAsserted(() -> assertThat(ingest.health.readiness().isOk()).isTrue());
    } finally {
      broker.close();
    }
  }
}
