package dev.offpeak.batcher;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.offpeak.schemas.avro.LlmFailure;
import dev.offpeak.testkit.broker.TestKafka;
import dev.offpeak.testkit.broker.WithKafka;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** Batches of a few kilobytes that unpack to very much more. */
@WithKafka
@Isolated("it fills the heap")
class DecompressionIT {

  private static final int BOMB_BYTES = 48 << 20;
  private static final int BOMBS = 3;
  private static final int LARGE = 20;

  @TempDir Path folder;

  @Test
  void whatUnpacksToTooMuchIsAFailureAndWhatIsLargeComesInTurn(TestKafka kafka) {
    try (var batcher =
        new RunningBatcher(
            kafka, folder, "mock://" + kafka.prefix(), "linger: 1h, flush-quiet: 200ms")) {
      batcher.start();

      send(kafka, batcher.topics.requests().name());

      await()
          .atMost(RunningBatcher.PATIENCE)
          .untilAsserted(
              () -> assertThat(batcher.read(batcher.topics.lanes())).hasSize(LARGE + BOMBS));
      List<LlmFailure> failures = batcher.read(batcher.topics.failures(), LlmFailure.class);
      assertThat(failures)
          .hasSize(BOMBS)
          .allSatisfy(
              failure -> {
                assertThat(failure.getCode()).isEqualTo("request_too_large");
                assertThat(failure.getMessage()).contains("unpacks to " + BOMB_BYTES + " bytes");
                assertThat(failure.getOriginal().remaining()).isZero();
              });
      assertThat(failures).extracting(LlmFailure::getSourceOffset).doesNotHaveDuplicates();
      assertThat(batcher.failure.get()).isNull();
    }
  }

  private static void send(TestKafka kafka, String topic) {
    Map<String, Object> config = new HashMap<>(kafka.clientProperties());
    config.put("compression.type", "zstd");
    config.put("max.request.size", 2 * BOMB_BYTES);
    config.put("buffer.memory", 4L * BOMB_BYTES);
    config.put("batch.size", BOMB_BYTES / 8);
    config.put("linger.ms", 100);
    try (var producer =
        new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer())) {
      for (int i = 0; i < BOMBS; i++) {
        var _ = producer.send(new ProducerRecord<>(topic, 0, null, new byte[BOMB_BYTES]));
        var _ = producer.send(new ProducerRecord<>(topic, 0, null, line("after-" + i, 1)));
      }
      for (int i = 0; i < LARGE; i++) {
        var _ = producer.send(new ProducerRecord<>(topic, 0, null, line("large-" + i, 4 << 20)));
      }
    }
  }

  private static byte[] line(String id, int filler) {
    String body = "{\"model\":\"gpt-5\",\"x\":\"" + "x".repeat(filler) + "\"}";
    return BatcherDriver.chatLine(id, body).getBytes(UTF_8);
  }
}
