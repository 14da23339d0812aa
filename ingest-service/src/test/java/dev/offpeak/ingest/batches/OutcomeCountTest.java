package dev.offpeak.ingest.batches;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.offpeak.ingest.line.LineMarks;
import dev.offpeak.schemas.avro.GatewayBatch;
import dev.offpeak.schemas.avro.GatewayBatchStatus;
import dev.offpeak.schemas.serde.SerdeFactory;
import dev.offpeak.schemas.topic.Topics;
import java.time.Instant;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

class OutcomeCountTest {

  private static final Topics TOPICS = Topics.withPrefix("");

  private final OutcomeCount count = new OutcomeCount("batch_1", 3);

  @Test
  void anOutcomeThatCanNotBeReadFailsItsLineAndNoOther() {
    try (SerdeFactory serdes = serdes()) {
      OutcomeTopics topics = new OutcomeTopics(TOPICS, serdes);
      count.add(1, topics.read(record(TOPICS.results().name(), new byte[] {0, 1, 2, 3, 4, 5})));
      count.add(0, topics.read(record(TOPICS.results().name(), "{\"a\":1}".getBytes(UTF_8))));
    }

    GatewayBatch batch = count.into(batch()).build();
    assertThat(batch.getFailed()).isEqualTo(1);
    assertThat(batch.getCompleted()).isEqualTo(1);
    assertThat(count.kept())
        .first()
        .satisfies(
            kept ->
                assertThat(new String(kept.bytes(), UTF_8))
                    .contains("\"code\":\"unreadable_outcome\"")
                    .contains("partition 2, offset 7 of llm.results"));
  }

  @Test
  void numbersThatTheBatchHasNotAreNoneOfItsOwnAndEachCountsOnce() {
    count.add(2, new Outcome.Unreadable("x"));
    count.add(2, new Outcome.Unreadable("x"));
    count.add(3, new Outcome.Unreadable("x"));
    count.add(Integer.MAX_VALUE, new Outcome.Unreadable("x"));
    count.add(0, new Outcome.Duplicate("x"));

    assertThat(count.done()).isEqualTo(2);
    assertThat(count.into(batch()).build().getDuplicates()).isEqualTo(1);
  }

  @Test
  void aLineIsFoundByItsKeyOrByItsHeader() {
    assertThat(LineKey.of(record("t", new byte[0]))).isEqualTo(new LineKey("batch_1", 5));
    var headers = new RecordHeaders().add(LineMarks.HEADER, "batch_2/7".getBytes(UTF_8));
    assertThat(
            LineKey.of(
                new ConsumerRecord<>(
                    "t",
                    0,
                    0,
                    0,
                    org.apache.kafka.common.record.TimestampType.CREATE_TIME,
                    0,
                    0,
                    "a".getBytes(UTF_8),
                    new byte[0],
                    headers,
                    java.util.Optional.empty())))
        .isEqualTo(new LineKey("batch_2", 7));
    assertThat(LineKey.of("batch_1/-1".getBytes(UTF_8))).isNull();
    assertThat(LineKey.of("batch_1/99999999999".getBytes(UTF_8))).isNull();
    assertThat(LineKey.of("other/1".getBytes(UTF_8))).isNull();
  }

  private static ConsumerRecord<byte[], byte[]> record(String topic, byte[] value) {
    return new ConsumerRecord<>(topic, 2, 7, "batch_1/5".getBytes(UTF_8), value);
  }

  private static GatewayBatch.Builder batch() {
    return GatewayBatch.newBuilder()
        .setStatus(GatewayBatchStatus.IN_PROGRESS)
        .setEndpoint("/v1/x")
        .setInputFileId("file-1")
        .setCompletionWindow("24h")
        .setExpiresAt(Instant.EPOCH);
  }

  private static SerdeFactory serdes() {
    return SerdeFactory.of(Map.of("schema.registry.url", "mock://outcomes"));
  }
}
