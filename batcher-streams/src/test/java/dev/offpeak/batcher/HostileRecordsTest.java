package dev.offpeak.batcher;

import static dev.offpeak.batcher.BatcherDriver.TOPICS;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.offpeak.batcher.admit.DeadlinePolicy;
import dev.offpeak.batcher.metric.BatcherMetric;
import dev.offpeak.schemas.avro.LlmFailure;
import dev.offpeak.schemas.avro.LlmRequest;
import dev.offpeak.schemas.serde.SerdeFactory;
import dev.offpeak.testkit.hostile.HostileKind;
import dev.offpeak.testkit.hostile.HostileRecord;
import dev.offpeak.testkit.hostile.HostileRecords;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever is written to a topic that the batcher reads ends as one outcome, and nothing stops. */
class HostileRecordsTest {

  private static final int RANDOM_RECORDS = 3_000;

  private final SerdeFactory serdes =
      SerdeFactory.of(Map.of("schema.registry.url", "mock://hostile"));
  private final Deserializer<LlmFailure> failures = serdes.deserializer(LlmFailure.class);
  private BatcherDriver batcher;
  private byte[] avro;

  @BeforeEach
  void start(@TempDir Path state) {
    RecordFormats formats = new RecordFormats(serdes, TOPICS, UnaryOperator.identity());
    batcher = new BatcherDriver(state, DeadlinePolicy.FAIL, formats::create);
    avro =
        serdes
            .serializer(LlmRequest.class)
            .serialize(
                TOPICS.requests(),
                LlmRequest.newBuilder()
                    .setCustomId("avro")
                    .setEndpoint("/v1/chat/completions")
                    .setBody(ByteBuffer.wrap("{\"model\":\"gpt-5\"}".getBytes(UTF_8)))
                    .setLabels(Map.of("team", "x"))
                    .build());
  }

  @AfterEach
  void stop() {
    batcher.close();
    serdes.close();
  }

  @Test
  void aHostileRecordIsOneFailureAndTheGoodOnesAroundItAreAdmitted() {
    HostileRecords records = new HostileRecords(avro, "gpt-5", BatcherDriver.MAX_RECORD);
    int count = 4 * HostileKind.values().length;
    for (int i = 0; i < count; i++) {
      HostileRecord record = records.get(i);
      batcher.send(TOPICS.requests(), record.key(), record.value(), record.headers());

      List<TestRecord<byte[], byte[]>> failed = batcher.read(TOPICS.failures());
      assertThat(failed).as(record.kind() + " " + i).hasSize(1);
      LlmFailure failure = failures.deserialize("failures", failed.getFirst().value());
      assertThat(failure.getSourceOffset()).as(record.kind().name()).isEqualTo(2L * i);
      assertThat(failure.getCode()).as(record.kind().name()).isNotEqualTo("unprocessable_record");
      batcher.chat("good-" + i, "gpt-5");
    }
    assertThat(batcher.read(TOPICS.lanes())).hasSize(count);
  }

  @Test
  void randomChangesOfGoodRecordsHaveOneOutcomeEach() {
    batcher.chat("a", "gpt-5");
    byte[] lane = batcher.read(TOPICS.lanes()).getFirst().value();
    byte[] laneKey = "openai|main|/v1/chat/completions|gpt-5".getBytes(UTF_8);
    Random random = new Random(7);
    for (int i = 0; i < RANDOM_RECORDS; i++) {
      long before = outcomes();
      String topic = random.nextBoolean() ? TOPICS.lanes() : TOPICS.retries();
      switch (random.nextInt(4)) {
        case 0 -> batcher.send(TOPICS.requests(), null, changed(avro, random), headers(random));
        case 1 ->
            batcher.send(
                TOPICS.requests(),
                null,
                changed(BatcherDriver.chatLine("b" + i, "{\"model\":\"gpt-5\"}"), random),
                headers(random));
        case 2 ->
            batcher.send(
                topic,
                random.nextBoolean() ? laneKey : changed(laneKey, random),
                changed(lane, random),
                headers(random));
        default -> batcher.send(topic, null, null, headers(random));
      }
      assertThat(outcomes() - before).as("outcomes of random record " + i).isEqualTo(1);
    }
    assertThat(
            batcher
                .meters
                .get(BatcherMetric.REJECTED.metric().name())
                .tag("code", "unprocessable_record")
                .counter()
                .count())
        .isPositive();
  }

  private static byte[] changed(String text, Random random) {
    return changed(text.getBytes(UTF_8), random);
  }

  private static byte[] changed(byte[] good, Random random) {
    byte[] changed =
        random.nextInt(4) == 0 ? Arrays.copyOf(good, random.nextInt(good.length)) : good.clone();
    for (int i = random.nextInt(4); i > 0 && changed.length > 0; i--) {
      changed[random.nextInt(changed.length)] = (byte) random.nextInt();
    }
    return changed;
  }

  private static RecordHeaders headers(Random random) {
    RecordHeaders headers = new RecordHeaders();
    String[] names = {"offpeak-key", "offpeak-asked-at", "offpeak-tenant", "offpeak-deadline", ""};
    for (int i = random.nextInt(4); i > 0; i--) {
      byte[] value = new byte[random.nextInt(12)];
      random.nextBytes(value);
      headers.add(names[random.nextInt(names.length)], random.nextBoolean() ? value : null);
    }
    return headers;
  }

  /** Failures, duplicates, and requests that joined a batch. */
  private long outcomes() {
    double sum = 0;
    for (BatcherMetric ends :
        List.of(BatcherMetric.REJECTED, BatcherMetric.DUPLICATES, BatcherMetric.ASSEMBLED)) {
      for (var counter : batcher.meters.find(ends.metric().name()).counters()) {
        sum += counter.count();
      }
    }
    return Math.round(sum);
  }
}
