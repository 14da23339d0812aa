package dev.offpeak.results;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.offpeak.core.lane.Provider;
import dev.offpeak.core.seal.Manifest;
import dev.offpeak.results.world.Ask;
import dev.offpeak.results.world.Installation;
import dev.offpeak.results.world.Sealed;
import dev.offpeak.results.world.UrgentAsks;
import dev.offpeak.results.world.UrgentWorld;
import dev.offpeak.schemas.avro.EndedAs;
import dev.offpeak.testkit.broker.TestKafka;
import dev.offpeak.testkit.broker.WithKafka;
import dev.offpeak.testkit.time.Patience;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Records that are none, in every topic that the service reads: what stands behind them goes on.
 */
@WithKafka
class PoisonIT {

  private static final int NOISES = 20;

  /** Records of one topic that no service could have written. */
  private static final int BROKEN_URGENT = 4;

  private UrgentWorld world;
  private Installation installation;
  private UrgentAsks asks;

  @BeforeEach
  void start(TestKafka kafka) throws IOException {
    world = UrgentWorld.start(kafka);
    installation = world.installation();
    asks = world.asks();
  }

  @AfterEach
  void stop() throws IOException {
    world.close();
  }

  @Test
  void eachIsOneFailureAndTheGoodOnesBehindThemAreAnswered() throws Exception {
    String completions = installation.topics().completions().name();
    String urgent = installation.topics().urgent().name();
    noise(completions, new Random(1));
    noise(urgent, new Random(2));
    noise(installation.topics().control().name(), new Random(3));
    Sealed broken = installation.seal(0, installation.admit(0, asks(1)), asks(1));
    installation.end(broken, EndedAs.COMPLETED, ended -> ended.setProvider("nobody"));
    installation.end(broken, EndedAs.COMPLETED, ended -> ended.setBatchOffset(-7));
    brokenUrgent();
    installation.run(0, asks(3));
    asks.send(Provider.OPENAI, "urgent", "Say it", Instant.now().plus(Duration.ofHours(1)));

    try (var service = world.service()) {
      await()
          .atMost(Patience.LONG)
          .untilAsserted(
              () -> {
                assertThat(installation.outcomes().results()).hasSize(4);
                assertThat(installation.outcomes().failures())
                    .hasSize(2 * NOISES + 2 + BROKEN_URGENT);
              });
      assertThat(service.failure()).isNull();
    }

    assertThat(installation.outcomes().failures())
        .allSatisfy(
            failure -> assertThat(failure.value().getCode()).isEqualTo("unprocessable_record"));
  }

  private void brokenUrgent() throws Exception {
    Instant soon = Instant.now().plus(Duration.ofHours(1));
    asks.send(Provider.OPENAI, soon, batch -> batch.setProvider("nobody"));
    asks.send(Provider.OPENAI, soon, batch -> batch.setLane("no lane"));
    asks.send(Provider.OPENAI, soon, batch -> batch.setRequests(3));
    asks.send(
        Provider.OPENAI,
        soon,
        batch -> batch.setPositions(ByteBuffer.wrap(Manifest.of(0, Long.MAX_VALUE - 1).encode())));
  }

  private static List<Ask> asks(int count) {
    return IntStream.range(0, count).mapToObj(i -> Ask.of("id-" + i, "Say " + i)).toList();
  }

  /** To partition 0: random bytes, Avro with random fields, nothing; with odd keys and headers. */
  private void noise(String topic, Random random) throws Exception {
    try (var producer =
        new KafkaProducer<>(
            installation.kafka().clientProperties(),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      for (int i = 0; i < NOISES; i++) {
        byte[] value = value(i, random);
        byte[] key = i % 3 == 0 ? null : bytes(random, 9);
        var record = new ProducerRecord<>(topic, 0, key, value);
        for (int header = 0; header < i % 5; header++) {
          record
              .headers()
              .add("offpeak-key", header % 2 == 0 ? null : bytes(random, 30))
              .add(new String(bytes(random, 5), UTF_8), bytes(random, 5));
        }
        producer.send(record).get();
      }
    }
  }

  private static byte @Nullable [] value(int i, Random random) {
    return switch (i % 5) {
      case 0 -> null;
      case 1 -> new byte[0];
      case 2 -> "{\"batch_id\":1}".getBytes(UTF_8);
      case 3 -> {
        byte[] avro = bytes(random, 60);
        ByteBuffer.wrap(avro).put((byte) 0).putInt(1 + i % 4);
        yield avro;
      }
      default -> bytes(random, 60);
    };
  }

  private static byte[] bytes(Random random, int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }
}
