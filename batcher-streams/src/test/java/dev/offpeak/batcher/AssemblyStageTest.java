package dev.offpeak.batcher;

import static dev.offpeak.batcher.BatcherDriver.START;
import static dev.offpeak.batcher.BatcherDriver.TOPICS;
import static dev.offpeak.batcher.BatcherDriver.chatLine;
import static dev.offpeak.batcher.BatcherDriver.fileLine;
import static dev.offpeak.batcher.BatcherDriver.ofLine;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.offpeak.schemas.avro.AdmittedRequest;
import dev.offpeak.schemas.avro.ControlAction;
import dev.offpeak.schemas.avro.ControlRecord;
import dev.offpeak.schemas.avro.DroppedDuplicate;
import dev.offpeak.schemas.avro.LlmFailure;
import dev.offpeak.schemas.avro.SealedBatch;
import dev.offpeak.schemas.avro.SealedBecause;
import dev.offpeak.schemas.record.SealedManifest;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.test.TestRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AssemblyStageTest {

  private BatcherDriver batcher;

  @BeforeEach
  void start(@TempDir Path state) {
    batcher = new BatcherDriver(state);
  }

  @AfterEach
  void stop() {
    batcher.close();
  }

  @Test
  void aFullBatchIsSealedAtOnceAndNamesItsPositions() {
    for (int i = 0; i < 5; i++) {
      batcher.chat("id-" + i, "gpt-5");
      batcher.chat("id-" + i, "gpt-5-mini");
    }

    List<SealedBatch> batches = batcher.batches();
    assertThat(batches).hasSize(2);
    SealedBatch first = batches.getFirst();
    assertThat(first.getBatchId()).isEqualTo("batch-1");
    assertThat(first.getLane()).isEqualTo("openai|main|/v1/chat/completions|gpt-5");
    assertThat(first.getScope()).isEqualTo("openai|main|gpt-5");
    assertThat(first.getReason()).isEqualTo(SealedBecause.COUNT);
    assertThat(first.getRequests()).isEqualTo(4);
    assertThat(offsets(first)).containsExactly(0, 2, 4, 6);
    assertThat(offsets(batches.get(1))).containsExactly(1, 3, 5, 7);
    assertThat(first.getBytes()).isEqualTo(4 * fileLine("{\"model\":\"gpt-5\"}"));
    assertThat(first.getOpenedAt()).isEqualTo(START);
    assertThat(first.getDeadline()).isNull();
  }

  @Test
  void requestsOfOtherVersionsOrBetasOfAnApiShareNoBatchButTheirQuota() {
    claude("a", "anthropic-beta", "two,one");
    claude("b", "anthropic-version", "2026-10-21");
    claude("c", "unrelated", "header");
    claude("d", "Anthropic-Beta", "one, two");

    batcher.advance(Duration.ofMinutes(5));

    List<SealedBatch> batches = batcher.batches();
    assertThat(batches)
        .extracting(SealedBatch::getLane, SealedBatch::getRequests)
        .containsExactlyInAnyOrder(
            tuple("anthropic|claude|/v1/messages|", 1),
            tuple("anthropic|claude|/v1/messages||+one,two", 2),
            tuple("anthropic|claude|/v1/messages||2026-10-21", 1));
    assertThat(batches).extracting(SealedBatch::getScope).containsOnly("anthropic|claude|");
  }

  @Test
  void aRetryKeepsItsVersionAndBetas() {
    claude("a", "anthropic-beta", "one");
    TestRecord<byte[], byte[]> first = batcher.read(TOPICS.lanes()).getFirst();
    AdmittedRequest retry =
        AdmittedRequest.newBuilder(
                TestFormats.<AdmittedRequest>read(AdmittedRequest.getClassSchema(), first.value()))
            .setAttempt(2)
            .build();

    batcher.send(TOPICS.retries(), first.key(), TestFormats.write(retry), first.headers());

    assertThat(batcher.read(TOPICS.lanes()))
        .singleElement()
        .satisfies(
            again ->
                assertThat(again.key())
                    .asString()
                    .isEqualTo("anthropic|claude|/v1/messages||+one"));
  }

  private void claude(String id, String header, String value) {
    batcher.request(
        "k",
        ("{\"custom_id\":\"" + id + "\",\"params\":{\"model\":\"claude-haiku-4-5\"}}")
            .getBytes(UTF_8),
        new RecordHeaders().add(header, value.getBytes(UTF_8)));
  }

  @Test
  void theKeyOfABatchIsItsScope() {
    for (int i = 0; i < 4; i++) {
      batcher.chat("id-" + i, "gpt-5");
    }

    assertThat(batcher.read(TOPICS.batches()))
        .singleElement()
        .satisfies(record -> assertThat(record.key()).asString().isEqualTo("openai|main|gpt-5"));
  }

  @Test
  void aBatchIsSealedByBytesWhenTheNextRequestWouldPassTheLimitByOne() {
    // 1,000 bytes of file: 400 + 600 fit exactly.
    batcher.request(ofLine("a", 400));
    batcher.request(ofLine("b", 600));
    batcher.request(ofLine("c", 401));
    batcher.request(ofLine("d", 600));

    List<SealedBatch> batches = batcher.batches();
    assertThat(batches)
        .extracting(SealedBatch::getReason, SealedBatch::getBytes, SealedBatch::getRequests)
        .containsExactly(
            tuple(SealedBecause.BYTES, 1_000L, 2), tuple(SealedBecause.BYTES, 401L, 1));
  }

  @Test
  void embeddingInputsAreCounted() {
    batcher.request(embeddings("a", 4));
    batcher.request(embeddings("b", 2));
    batcher.request(embeddings("c", 5));
    batcher.request(embeddings("d", 2));

    assertThat(batcher.batches())
        .extracting(SealedBatch::getReason, SealedBatch::getRequests)
        .containsExactly(tuple(SealedBecause.INPUTS, 2), tuple(SealedBecause.INPUTS, 1));
  }

  @Test
  void lingerSealsCountedFromTheFirstRequest() {
    batcher.chat("a", "gpt-5");
    batcher.advance(Duration.ofMinutes(4));
    batcher.chat("b", "gpt-5");
    batcher.advance(Duration.ofSeconds(59));
    assertThat(batcher.batches()).isEmpty();

    batcher.advance(Duration.ofSeconds(1));

    SealedBatch batch = onlyBatch();
    assertThat(batch.getReason()).isEqualTo(SealedBecause.LINGER);
    assertThat(batch.getRequests()).isEqualTo(2);
    assertThat(batch.getSealedAt()).isEqualTo(START.plus(Duration.ofMinutes(5)));
  }

  @Test
  void aNearDeadlineSealsTheBatchThatHoldsIt() {
    // Window of a day, margin of ten minutes: to be sealed within the next minute.
    Instant deadline = START.plus(Duration.ofDays(1)).plus(Duration.ofMinutes(11));
    batcher.chat("a", "gpt-5");
    batcher.request(
        "k",
        chatLine("b", "{\"model\":\"gpt-5\"}").getBytes(UTF_8),
        new RecordHeaders().add("offpeak-deadline", deadline.toString().getBytes(UTF_8)));

    batcher.advance(Duration.ofSeconds(59));
    assertThat(batcher.batches()).isEmpty();
    batcher.advance(Duration.ofSeconds(1));

    SealedBatch batch = onlyBatch();
    assertThat(batch.getReason()).isEqualTo(SealedBecause.DEADLINE);
    assertThat(batch.getDeadline()).isEqualTo(deadline);
    assertThat(batch.getRequests()).isEqualTo(2);
  }

  @Test
  void aFlushSealsEveryOpenBatchOnceThePartitionIsQuiet() {
    batcher.chat("a", "gpt-5");
    batcher.chat("b", "gpt-5-mini");
    flush(null, null);

    batcher.advance(Duration.ofMillis(750));
    assertThat(batcher.batches()).isEmpty();
    batcher.advance(Duration.ofMillis(250));

    assertThat(batcher.batches())
        .extracting(SealedBatch::getReason)
        .containsExactly(SealedBecause.FLUSH, SealedBecause.FLUSH);
    batcher.chat("c", "gpt-5");
    batcher.advance(Duration.ofSeconds(10));
    assertThat(batcher.batches()).as("what came after the flush").hasSize(0);
  }

  @Test
  void aFlushOfOneLaneOrAccountLeavesTheOthersOpen() {
    batcher.chat("a", "gpt-5");
    batcher.chat("b", "gpt-5-mini");

    flush("openai|main|/v1/chat/completions|gpt-5", null);
    flush(null, "other-account");
    batcher.advance(Duration.ofSeconds(2));

    assertThat(onlyBatch().getModel()).isEqualTo("gpt-5");
  }

  @Test
  void aControlRecordThatCannotBeReadChangesNothing() {
    batcher.chat("a", "gpt-5");

    batcher.send(TOPICS.control(), null, new byte[] {1, 2, 3}, new RecordHeaders());
    batcher.send(TOPICS.control(), null, null, new RecordHeaders());
    batcher.advance(Duration.ofSeconds(2));
    assertThat(batcher.batches()).isEmpty();

    flush(null, null);
    batcher.chat("b", "gpt-5");
    batcher.advance(Duration.ofSeconds(2));
    assertThat(onlyBatch().getRequests()).isEqualTo(2);
  }

  @Test
  void theSameRequestAgainIsDroppedAndToldWhere() {
    batcher.request(
        "k1", chatLine("a", "{\"model\":\"gpt-5\"}").getBytes(UTF_8), new RecordHeaders());
    batcher.request(
        "k2",
        chatLine("a", "{ \"model\" : \"gpt-5\" }").getBytes(UTF_8),
        new RecordHeaders().add("x", new byte[] {1}));
    batcher.advance(Duration.ofMinutes(5));

    assertThat(onlyBatch().getRequests()).isEqualTo(1);
    TestRecord<byte[], byte[]> record = batcher.read(TOPICS.duplicates()).getFirst();
    assertThat(record.key()).asString().isEqualTo("k2");
    assertThat(record.headers()).isEqualTo(new RecordHeaders().add("x", new byte[] {1}));
    DroppedDuplicate dropped = TestFormats.read(DroppedDuplicate.getClassSchema(), record.value());
    assertThat(dropped.getCustomId()).isEqualTo("a");
    assertThat(dropped.getOffset()).isEqualTo(1);
    assertThat(dropped.getFirstOffset()).isEqualTo(0);
    assertThat(batcher.read(TOPICS.failures())).isEmpty();
  }

  @Test
  void theSameIdWithAnotherBodyIsAConflict() {
    batcher.chat("a", "gpt-5");
    byte[] other = chatLine("a", "{\"model\":\"gpt-5\",\"n\":2}").getBytes(UTF_8);

    batcher.request("k2", other, new RecordHeaders().add("x", new byte[] {1}));

    TestRecord<byte[], byte[]> record = batcher.read(TOPICS.failures()).getFirst();
    assertThat(record.key()).asString().isEqualTo("k2");
    assertThat(record.headers()).isEqualTo(new RecordHeaders().add("x", new byte[] {1}));
    LlmFailure failure = TestFormats.read(LlmFailure.getClassSchema(), record.value());
    assertThat(failure.getCode()).isEqualTo("custom_id_conflict");
    assertThat(failure.getMessage())
        .isEqualTo(
            "another request with this custom id and another body was admitted at"
                + " 2026-01-01T00:00:00Z; give each request an id of its own, or a replay id to"
                + " execute it again");
    assertThat(failure.getOriginal().array()).isEqualTo(other);
    batcher.advance(Duration.ofMinutes(5));
    assertThat(onlyBatch().getRequests()).isEqualTo(1);
  }

  @Test
  void anotherTenantReplayIdLaneOrAttemptIsAnotherRequest() {
    batcher.chat("a", "gpt-5");
    TestRecord<byte[], byte[]> first = batcher.read(TOPICS.lanes()).getFirst();
    byte[] line = chatLine("a", "{\"model\":\"gpt-5\"}").getBytes(UTF_8);
    batcher.request("k", line, new RecordHeaders().add("offpeak-tenant", "t".getBytes(UTF_8)));
    batcher.request("k", line, new RecordHeaders().add("offpeak-replay-id", "t".getBytes(UTF_8)));
    AdmittedRequest admitted = TestFormats.read(AdmittedRequest.getClassSchema(), first.value());
    AdmittedRequest retry = AdmittedRequest.newBuilder(admitted).setAttempt(2).build();
    batcher.send(TOPICS.retries(), first.key(), TestFormats.write(retry), first.headers());
    batcher.chat("a", "gpt-5-mini");

    assertThat(onlyBatch().getRequests()).isEqualTo(4);
    assertThat(batcher.read(TOPICS.duplicates())).isEmpty();
    assertThat(batcher.read(TOPICS.failures())).isEmpty();
  }

  @Test
  void afterTheDedupWindowAnIdMayBeUsedAgain() {
    batcher.chat("a", "gpt-5");
    batcher.advance(Duration.ofDays(7));
    batcher.batches();

    batcher.chat("a", "gpt-5");
    batcher.advance(Duration.ofMinutes(5));

    assertThat(onlyBatch().getRequests()).isEqualTo(1);
  }

  @Test
  void whatIsForgottenLeavesTheStores() {
    batcher.chat("a", "gpt-5");
    batcher.advance(Duration.ofMinutes(5));
    var seen = batcher.driver.getKeyValueStore("seen-requests");
    var open = batcher.driver.getKeyValueStore("open-batches");
    try (var all = open.all()) {
      assertThat(all).isExhausted();
    }
    try (var all = seen.all()) {
      assertThat(all).toIterable().hasSize(1);
    }

    batcher.advance(Duration.ofDays(7));

    try (var all = seen.all()) {
      assertThat(all).isExhausted();
    }
  }

  private void flush(@Nullable String lane, @Nullable String account) {
    ControlRecord flush =
        ControlRecord.newBuilder()
            .setAction(ControlAction.FLUSH)
            .setLane(lane)
            .setAccount(account)
            .setIssuedAt(batcher.clock.instant())
            .build();
    batcher.send(TOPICS.control(), null, TestFormats.write(flush), new RecordHeaders());
    batcher.clock.advance(Duration.ofMillis(1));
  }

  private SealedBatch onlyBatch() {
    List<SealedBatch> batches = batcher.batches();
    assertThat(batches).hasSize(1);
    return batches.getFirst();
  }

  private static long[] offsets(SealedBatch batch) {
    return SealedManifest.of(batch).offsets().toArray();
  }

  private static String embeddings(String id, int inputs) {
    String input = String.join(",", Collections.nCopies(inputs, "\"x\""));
    return "{\"custom_id\":\""
        + id
        + "\",\"method\":\"POST\",\"url\":\"/v1/embeddings\",\"body\":{\"model\":\"text-embedding-3\",\"input\":["
        + input
        + "]}}";
  }
}
