package dev.offpeak.system;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.offpeak.schemas.avro.LlmRequest;
import dev.offpeak.schemas.serde.SerdeFactory;
import dev.offpeak.schemas.topic.Topics;
import dev.offpeak.system.proof.Outcomes;
import dev.offpeak.system.world.Addresses;
import dev.offpeak.system.world.Installation;
import dev.offpeak.system.world.Kind;
import dev.offpeak.system.world.Member;
import dev.offpeak.system.world.Tuning;
import dev.offpeak.testkit.hostile.HostileRecord;
import dev.offpeak.testkit.hostile.HostileRecords;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * A flood of broken records of all kinds, with good ones among them, while the batcher is killed
 * twice: each broken one is one failure, each good one is answered once, and the batcher's memory
 * stays as it is. {@code -Doffpeak.hostile=100000} is the long one.
 */
class HostileFloodIT {

  private static final int HOSTILE = Integer.getInteger("offpeak.hostile", 3_000);
  private static final int GOOD_EVERY = 100;
  private static final String MODEL = "gpt-4o-mini";
  private static final int REQUEST_BYTES = 1 << 20;
  private static final Duration PATIENCE = Duration.ofMinutes(4).plusMillis(HOSTILE * 5L);

  /** Heap of 256 MB, code, threads, and the memory of stores and buffers. */
  private static final long MOST_RESIDENT_BYTES = 900L << 20;

  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  Path folder;

  private final AtomicInteger notTaken = new AtomicInteger();

  @Test
  void everyBrokenRecordIsOneFailureWhateverDies() throws Exception {
    try (Installation installation = new Installation(folder, Tuning.FAST, List.of())) {
      installation.start(Kind.BATCHER, Kind.SUBMITTER, Kind.RESULTS);
      Member batcher = installation.of(Kind.BATCHER).getFirst().member();
      try (Outcomes outcomes = new Outcomes(installation.addresses())) {
        List<String> good = new ArrayList<>();
        for (int third = 0; third < 3; third++) {
          send(installation.addresses(), third * HOSTILE / 3, (third + 1) * HOSTILE / 3, good);
          if (third < 2) {
            int before = outcomes.failed();
            await()
                .atMost(PATIENCE)
                .until(() -> outcomes.read() >= 0 && outcomes.failed() > before);
            batcher.kill();
            batcher.start();
          }
        }
        assertThat(notTaken).as("records that Kafka did not take").hasValue(0);
        long[] resident = {0};
        await()
            .atMost(PATIENCE)
            .untilAsserted(
                () -> {
                  outcomes.read();
                  resident[0] = Math.max(resident[0], batcher.residentBytes());
                  assertThat(installation.startAgainWhatHasEnded()).isEmpty();
                  assertThat(outcomes.failedSources()).isEqualTo(HOSTILE);
                  assertThat(outcomes.missing(good)).isEmpty();
                });
        System.out.printf(
            "%d failures of %d records, %d answers, %s, batcher %d MB%n",
            outcomes.failed(),
            HOSTILE,
            outcomes.answered(),
            outcomes.failureCodes(),
            resident[0] >> 20);
        assertThat(outcomes.failed()).isEqualTo(HOSTILE);
        assertThat(outcomes.answered()).isEqualTo(good.size());
        assertThat(resident[0]).isLessThan(MOST_RESIDENT_BYTES);
      }
    }
  }

  private void send(Addresses addresses, int from, int to, List<String> good) throws IOException {
    String topic = Topics.withPrefix("").requests().name();
    HostileRecords records = new HostileRecords(avro(addresses, topic), MODEL, REQUEST_BYTES);
    Map<String, Object> config =
        Map.of("bootstrap.servers", addresses.kafka(), "acks", "all", "max.request.size", 8 << 20);
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer())) {
      for (int i = from; i < to; i++) {
        HostileRecord record = records.get(i);
        send(
            producer,
            new ProducerRecord<>(topic, null, record.key(), record.value(), record.headers()));
        if (i % GOOD_EVERY == 0) {
          good.add("good-" + i);
          send(producer, new ProducerRecord<>(topic, line("good-" + i).getBytes(UTF_8)));
        }
      }
      producer.flush();
    }
  }

  private void send(KafkaProducer<byte[], byte[]> producer, ProducerRecord<byte[], byte[]> record) {
    var _ =
        producer.send(
            record,
            (_, failure) -> {
              if (failure != null) {
                notTaken.incrementAndGet();
              }
            });
  }

  private static String line(String id) {
    return "{\"custom_id\":\""
        + id
        + "\",\"method\":\"POST\",\"url\":\"/v1/chat/completions\",\"body\":{\"model\":\""
        + MODEL
        + "\",\"messages\":[{\"role\":\"user\",\"content\":\""
        + id
        + "\"}]}}";
  }

  private static byte[] avro(Addresses addresses, String topic) {
    try (SerdeFactory serdes =
        SerdeFactory.of(Map.of("schema.registry.url", addresses.registry()))) {
      return serdes
          .serializer(LlmRequest.class)
          .serialize(
              topic,
              LlmRequest.newBuilder()
                  .setCustomId("avro")
                  .setEndpoint("/v1/chat/completions")
                  .setBody(ByteBuffer.wrap(("{\"model\":\"" + MODEL + "\"}").getBytes(UTF_8)))
                  .setLabels(Map.of("team", "x"))
                  .build());
    }
  }
}
