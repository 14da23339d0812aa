package dev.offpeak.batcher;

import static dev.offpeak.batcher.BatcherDriver.START;
import static dev.offpeak.batcher.BatcherDriver.TOPICS;
import static dev.offpeak.batcher.BatcherDriver.chatLine;
import static dev.offpeak.batcher.BatcherDriver.ofLine;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.offpeak.schemas.avro.AdmittedRequest;
import dev.offpeak.schemas.avro.ControlAction;
import dev.offpeak.schemas.avro.ControlRecord;
import dev.offpeak.schemas.avro.FailedAs;
import dev.offpeak.schemas.avro.LlmFailure;
import dev.offpeak.schemas.avro.SealedBatch;
import dev.offpeak.schemas.avro.SealedBecause;
import dev.offpeak.schemas.record.SealedManifest;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.test.TestRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Requests are cancelled that are not sealed yet. */
class CancelTest {

  private static final String BODY = "{\"model\":\"gpt-5\"}";
  private static final Duration CHECK = Duration.ofMillis(250);

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
  void aCancelledRequestLeavesItsOpenBatchInABatchOfItsOwn() {
    ask("a", null, 140);
    ask("b", null, 190);
    ask("c", null, 240);

    cancel("b", null);
    batcher.advance(CHECK);

    SealedBatch cancelled = onlyBatch();
    assertThat(cancelled.getReason()).isEqualTo(SealedBecause.CANCELLED);
    assertThat(offsets(cancelled)).containsExactly(1);
    assertThat(cancelled.getBytes()).isEqualTo(190);
    assertThat(cancelled.getOpenedAt()).isEqualTo(START);
    assertThat(batcher.read(TOPICS.failures()))
        .as("its outcome is the results service's")
        .isEmpty();
    batcher.advance(Duration.ofMinutes(5));
    SealedBatch rest = onlyBatch();
    assertThat(rest.getReason()).isEqualTo(SealedBecause.LINGER);
    assertThat(offsets(rest)).containsExactly(0, 2);
    assertThat(rest.getBytes()).isEqualTo(380);
    assertThat(cancelled.getEstimatedTokens()).isPositive();
    assertThat(rest.getEstimatedTokens()).isPositive();
  }

  @Test
  void theRoomOfACancelledRequestIsFree() {
    ask("a", null, 500);
    ask("b", null, 500);
    ask("c", null, 500);
    assertThat(offsets(onlyBatch())).containsExactly(0, 1);
    ask("d", null, 300);

    cancel("c", null);
    batcher.advance(CHECK);
    assertThat(offsets(onlyBatch())).containsExactly(2);
    ask("e", null, 600);
    batcher.advance(Duration.ofMinutes(5));

    SealedBatch rest = onlyBatch();
    assertThat(offsets(rest)).containsExactly(3, 4);
    assertThat(rest.getBytes()).isEqualTo(900);
  }

  @Test
  void aCancelledTenantLeavesEveryOpenBatchAndOthersStay() {
    ask("a", "t", 140);
    ask("b", null, 140);
    askMini("c", "t");
    askMini("d", "tt");

    cancel(null, "t");
    batcher.advance(CHECK);

    assertThat(batcher.batches())
        .extracting(SealedBatch::getReason, SealedBatch::getModel, b -> offsets(b)[0])
        .containsExactlyInAnyOrder(
            tuple(SealedBecause.CANCELLED, "gpt-5", 0L),
            tuple(SealedBecause.CANCELLED, "gpt-5-mini", 2L));
    batcher.advance(Duration.ofMinutes(5));
    assertThat(batcher.batches())
        .extracting(SealedBatch::getReason, SealedBatch::getRequests, b -> offsets(b)[0])
        .containsExactlyInAnyOrder(
            tuple(SealedBecause.LINGER, 1, 1L), tuple(SealedBecause.LINGER, 1, 3L));
  }

  @Test
  void aBatchOfWhichEverythingIsCancelledIsNotSealedEmpty() {
    ask("a", null, 140);
    ask("b", null, 140);

    cancel(null, "default");
    batcher.advance(CHECK);

    SealedBatch cancelled = onlyBatch();
    assertThat(offsets(cancelled)).containsExactly(0, 1);
    assertThat(cancelled.getBytes()).isEqualTo(280);
    batcher.advance(Duration.ofMinutes(5));
    assertThat(batcher.batches()).isEmpty();
    try (var open = batcher.driver.getKeyValueStore("open-batches").all()) {
      assertThat(open).isExhausted();
    }
  }

  @Test
  void aRequestThatArrivesAfterItsCancelFailsAtOnce() {
    Instant asked = batcher.clock.instant();
    cancel("a", "t");
    batcher.advance(CHECK);
    byte[] line = line("a");

    batcher.sendOf(
        asked,
        TOPICS.requests(),
        "k".getBytes(UTF_8),
        line,
        new RecordHeaders().add("offpeak-tenant", "t".getBytes(UTF_8)));

    TestRecord<byte[], byte[]> record = batcher.read(TOPICS.failures()).getFirst();
    LlmFailure failure = TestFormats.read(LlmFailure.getClassSchema(), record.value());
    assertThat(record.key()).asString().isEqualTo("k");
    assertThat(failure.getCode()).isEqualTo("batch_cancelled");
    assertThat(failure.getOutcome()).isEqualTo(FailedAs.CANCELED);
    assertThat(failure.getMessage())
        .isEqualTo(
            "cancelled before it was submitted; a replay id executes it nevertheless. Cancelled at "
                + asked);
    assertThat(failure.getOriginal().array()).isEqualTo(line);
    batcher.advance(Duration.ofMinutes(5));
    assertThat(batcher.batches()).isEmpty();
  }

  @Test
  void aRequestThatArrivesLateJustBehindItsCancelIsTakenOutAtTheNextLook() {
    Instant asked = batcher.clock.instant();
    cancel("a", null);

    batcher.sendOf(asked, TOPICS.requests(), "k".getBytes(UTF_8), line("a"), new RecordHeaders());
    batcher.advance(CHECK);

    assertThat(onlyBatch().getReason()).isEqualTo(SealedBecause.CANCELLED);
  }

  @Test
  void aBatcherThatIsHoursBehindStillKnowsWhatWasAskedForBefore() {
    Instant before = batcher.clock.instant();
    cancel("a", null);
    Instant after = batcher.clock.instant();
    batcher.advance(Duration.ofHours(5));

    batcher.sendOf(before, TOPICS.requests(), null, line("a"), new RecordHeaders());
    TestRecord<byte[], byte[]> failed = batcher.read(TOPICS.failures()).getFirst();
    batcher.request("k", line("b"), new RecordHeaders());
    cancel("b", null);
    batcher.sendOf(after, TOPICS.requests(), null, line("a"), replay());
    batcher.advance(Duration.ofMinutes(5));

    assertThat(failed.headers()).isEmpty();
    assertThat(batcher.read(TOPICS.failures())).isEmpty();
    assertThat(batcher.batches())
        .extracting(SealedBatch::getReason, b -> offsets(b)[0])
        .containsExactly(tuple(SealedBecause.CANCELLED, 1L), tuple(SealedBecause.LINGER, 2L));
  }

  private static byte[] line(String id) {
    return chatLine(id, BODY).getBytes(UTF_8);
  }

  private static RecordHeaders replay() {
    RecordHeaders headers = new RecordHeaders();
    headers.add("offpeak-replay-id", "again".getBytes(UTF_8));
    return headers;
  }

  @Test
  void aBarInTheNameOfATenantIsNotTheBeginningOfACustomId() {
    request("t|a", ofLine("a", 140));
    request("t", ofLine("a", 140));

    cancel(null, "t|a");
    batcher.advance(CHECK);

    assertThat(offsets(onlyBatch())).containsExactly(0);
  }

  @Test
  void whatIsAskedForAfterTheCancelIsNotMeant() {
    cancel(null, "default");
    cancel("a", null);
    batcher.advance(CHECK);

    ask("a", null, 140);
    batcher.advance(Duration.ofMinutes(5));

    assertThat(onlyBatch().getReason()).isEqualTo(SealedBecause.LINGER);
    assertThat(batcher.read(TOPICS.failures())).isEmpty();
  }

  @Test
  void aRetryOfARequestThatWasCancelledWhileItsBatchRanIsNotExecuted() {
    ask("a", null, 140);
    TestRecord<byte[], byte[]> first = batcher.read(TOPICS.lanes()).getFirst();
    batcher.advance(Duration.ofMinutes(5));
    assertThat(onlyBatch().getReason()).isEqualTo(SealedBecause.LINGER);

    cancel("a", null);
    batcher.advance(Duration.ofMinutes(5));
    assertThat(batcher.batches()).as("what is sealed stays").isEmpty();
    batcher.send(TOPICS.retries(), first.key(), retryOf(first), first.headers());

    LlmFailure failure =
        TestFormats.read(
            LlmFailure.getClassSchema(), batcher.read(TOPICS.failures()).getFirst().value());
    assertThat(failure.getOutcome()).isEqualTo(FailedAs.CANCELED);
    assertThat(failure.getAttempts()).isEqualTo(1);
  }

  @Test
  void anOpenRetryAndAReplayAreTakenOutToo() {
    batcher.chat("a", "gpt-5");
    TestRecord<byte[], byte[]> first = batcher.read(TOPICS.lanes()).getFirst();
    batcher.send(TOPICS.retries(), first.key(), retryOf(first), first.headers());
    batcher.request("k", line("a"), replay());

    cancel("a", null);
    batcher.advance(CHECK);

    assertThat(offsets(onlyBatch())).containsExactly(0, 1, 2);
  }

  @Test
  void aCancelledRequestStaysRememberedAndAReplayIdSendsItAgain() {
    batcher.chat("a", "gpt-5");
    cancel("a", null);
    batcher.advance(CHECK);
    assertThat(onlyBatch().getReason()).isEqualTo(SealedBecause.CANCELLED);

    batcher.chat("a", "gpt-5");
    assertThat(batcher.read(TOPICS.duplicates())).hasSize(1);
    batcher.request("k", line("a"), replay());
    batcher.advance(Duration.ofMinutes(5));

    assertThat(onlyBatch().getReason()).isEqualTo(SealedBecause.LINGER);
  }

  @Test
  void aCancelIsAppliedOnceAndEachNewOneAgain() {
    ask("a", null, 140);
    cancel("a", null);
    batcher.advance(CHECK);
    assertThat(onlyBatch().getReason()).isEqualTo(SealedBecause.CANCELLED);
    batcher.advance(CHECK);
    assertThat(batcher.batches()).isEmpty();

    ask("b", null, 140);
    cancel("b", null);
    batcher.advance(CHECK);
    assertThat(offsets(onlyBatch())).containsExactly(1);
  }

  @Test
  void aCancelOfBatchesIsNotAboutOpenRequests() {
    ask("a", null, 140);

    batcher.send(
        TOPICS.control(),
        null,
        TestFormats.write(
            ControlRecord.newBuilder()
                .setAction(ControlAction.CANCEL)
                .setAccount("main")
                .setIssuedAt(batcher.clock.instant())
                .build()),
        new RecordHeaders());
    batcher.advance(CHECK);

    assertThat(batcher.batches()).isEmpty();
  }

  @Test
  void aReplayIsCancelledAsAWholeAndEqualIdsOfOthersStay() {
    ask("a", null, 140);
    batcher.request("k", line("a"), replay());
    batcher.request("k", line("b"), replay());

    cancel(null, null, "again");
    batcher.advance(CHECK);
    assertThat(offsets(onlyBatch())).containsExactly(1, 2);
    batcher.advance(Duration.ofMinutes(5));

    assertThat(offsets(onlyBatch())).containsExactly(0);
  }

  private void cancel(@Nullable String customId, @Nullable String tenant) {
    cancel(customId, tenant, null);
  }

  private void cancel(
      @Nullable String customId, @Nullable String tenant, @Nullable String replayId) {
    ControlRecord cancel =
        ControlRecord.newBuilder()
            .setAction(ControlAction.CANCEL)
            .setCustomId(customId)
            .setTenant(tenant)
            .setReplayId(replayId)
            .setIssuedAt(batcher.clock.instant())
            .build();
    batcher.send(TOPICS.control(), null, TestFormats.write(cancel), new RecordHeaders());
    batcher.clock.advance(Duration.ofMillis(1));
  }

  /** A request whose line in the file has so many bytes. */
  private void ask(String id, @Nullable String tenant, int fileBytes) {
    request(tenant, ofLine(id, fileBytes));
  }

  private void askMini(String id, String tenant) {
    request(tenant, chatLine(id, "{\"model\":\"gpt-5-mini\"}"));
  }

  private void request(@Nullable String tenant, String line) {
    RecordHeaders headers = new RecordHeaders();
    if (tenant != null) {
      headers.add("offpeak-tenant", tenant.getBytes(UTF_8));
    }
    batcher.request("k", line.getBytes(UTF_8), headers);
  }

  private static byte[] retryOf(TestRecord<byte[], byte[]> lane) {
    AdmittedRequest admitted = TestFormats.read(AdmittedRequest.getClassSchema(), lane.value());
    return TestFormats.write(AdmittedRequest.newBuilder(admitted).setAttempt(2).build());
  }

  private SealedBatch onlyBatch() {
    List<SealedBatch> batches = batcher.batches();
    assertThat(batches).hasSize(1);
    return batches.getFirst();
  }

  private static long[] offsets(SealedBatch batch) {
    return SealedManifest.of(batch).offsets().toArray();
  }
}
