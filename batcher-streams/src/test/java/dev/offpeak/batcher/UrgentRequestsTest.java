package dev.offpeak.batcher;

import static dev.offpeak.batcher.BatcherDriver.START;
import static dev.offpeak.batcher.BatcherDriver.TOPICS;
import static dev.offpeak.batcher.BatcherDriver.chatLine;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.offpeak.batcher.admit.DeadlinePolicy;
import dev.offpeak.core.seal.Manifest;
import dev.offpeak.schemas.avro.LlmFailure;
import dev.offpeak.schemas.avro.SealedBatch;
import dev.offpeak.schemas.avro.SealedBecause;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Requests whose deadline no batch can keep, with {@code deadline-policy: sync}. */
class UrgentRequestsTest {

  private static final Instant SOON = START.plus(Duration.ofMinutes(10));

  private BatcherDriver batcher;

  @BeforeEach
  void start(@TempDir Path state) {
    batcher = new BatcherDriver(state, DeadlinePolicy.SYNC);
  }

  @AfterEach
  void stop() {
    batcher.close();
  }

  @Test
  void anUrgentRequestIsHandedOnByItsPositionAndJoinsNoBatch() {
    for (int i = 0; i < 3; i++) {
      batcher.chat("usual-" + i, "gpt-5");
    }
    ask("urgent", "{\"model\":\"gpt-5\"}", SOON);

    assertThat(batcher.read(TOPICS.urgent()))
        .singleElement()
        .satisfies(
            record -> {
              assertThat(record.key()).asString().isEqualTo("openai|main|gpt-5");
              SealedBatch alone = TestFormats.read(SealedBatch.getClassSchema(), record.value());
              assertThat(alone.getLane()).isEqualTo("openai|main|/v1/chat/completions|gpt-5");
              assertThat(alone.getReason()).isEqualTo(SealedBecause.DEADLINE);
              assertThat(alone.getDeadline()).isEqualTo(SOON);
              assertThat(alone.getRequests()).isEqualTo(1);
              assertThat(Manifest.decode(0, alone.getPositions().array(), 1).offset(0))
                  .isEqualTo(3);
            });
    assertThat(batcher.batches()).isEmpty();
    batcher.chat("usual-3", "gpt-5");
    assertThat(batcher.batches()).singleElement().matches(batch -> batch.getRequests() == 4);
    assertThat(batcher.meters.get("offpeak.batcher.urgent").counter().count()).isEqualTo(1);
  }

  @Test
  void aDeadlineThatABatchCanKeepWaitsForItsBatch() {
    ask("patient", "{\"model\":\"gpt-5\"}", START.plus(Duration.ofDays(2)));

    batcher.advance(Duration.ofMinutes(5));

    assertThat(batcher.read(TOPICS.urgent())).isEmpty();
    assertThat(batcher.batches()).hasSize(1);
  }

  @Test
  void anUrgentRequestIsDeduplicatedLikeAnyOther() {
    ask("same", "{\"model\":\"gpt-5\"}", SOON);
    ask("same", "{\"model\":\"gpt-5\"}", SOON);
    ask("same", "{\"model\":\"gpt-5\",\"n\":2}", SOON);

    assertThat(batcher.read(TOPICS.urgent())).hasSize(1);
    assertThat(batcher.read(TOPICS.duplicates())).hasSize(1);
    assertThat(batcher.read(TOPICS.failures()))
        .singleElement()
        .satisfies(
            record ->
                assertThat(
                        ((LlmFailure) TestFormats.read(LlmFailure.getClassSchema(), record.value()))
                            .getCode())
                    .isEqualTo("custom_id_conflict"));
  }

  private void ask(String id, String body, Instant deadline) {
    batcher.request(
        "k",
        chatLine(id, body).getBytes(UTF_8),
        new RecordHeaders().add("offpeak-deadline", deadline.toString().getBytes(UTF_8)));
  }
}
