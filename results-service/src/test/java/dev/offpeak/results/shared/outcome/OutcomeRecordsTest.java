package dev.offpeak.results.shared.outcome;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.offpeak.core.lane.Provider;
import dev.offpeak.core.outcome.FailureKind;
import dev.offpeak.core.outcome.Trouble;
import dev.offpeak.core.outcome.Troubles;
import dev.offpeak.core.price.ReportedUsage;
import dev.offpeak.core.price.TokenUsage;
import dev.offpeak.provider.price.PriceLists;
import dev.offpeak.results.shared.lane.LaneRequest;
import dev.offpeak.results.shared.metric.OutcomeKind;
import dev.offpeak.schemas.avro.LlmFailure;
import dev.offpeak.schemas.avro.UsageMode;
import dev.offpeak.schemas.topic.Topics;
import dev.offpeak.testkit.time.MutableClock;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class OutcomeRecordsTest {

  private static final Instant ENDED = Instant.parse("2026-11-24T11:00:00Z");
  private static final Trouble OVERLOADED =
      new Trouble("overloaded", "busy", FailureKind.RETRYABLE, Trouble.As.ERRORED, false, true);
  private static final JobFacts JOB =
      new JobFacts(
          "01B",
          "batch_1",
          Provider.OPENAI,
          "main",
          "/v1/responses",
          "lane",
          3,
          ENDED.minusSeconds(60),
          ENDED,
          UsageMode.BATCH);

  private final AtomicReference<LlmFailure> failure = new AtomicReference<>();

  @Test
  void costsAreThoseOfTheModelThatAnswered() {
    var answer =
        records(10_000)
            .answer(JOB, request(10), line("gpt-4o-mini-2024-07-18", 100, usage(1_000_000)));

    assertThat(answer.kind()).isEqualTo(OutcomeKind.ANSWERED);
    assertThat(answer.result().getModel()).isEqualTo("gpt-4o-mini");
    assertThat(answer.result().getSyncCostPicoUsd()).isEqualTo(150_000_000_000L);
    assertThat(answer.result().getCostPicoUsd()).isEqualTo(75_000_000_000L);
    assertThat(answer.result().getCompletedAt()).isEqualTo(ENDED);
    assertThat(answer.result().getSourceOffset()).isEqualTo(77);
    assertThat(answer.record().topic()).isEqualTo("llm.results");
    assertThat(answer.record().key()).isEqualTo("key".getBytes(UTF_8));
  }

  @Test
  void anAnswerIsNotLostForOddBookkeeping() {
    var odd = new ReportedUsage(new TokenUsage(7, 0, 0, 0, 0), ReportedUsage.Standing.IMPLAUSIBLE);
    var answer =
        records(10_000)
            .answer(
                JOB,
                request(10),
                new SpooledLine(200, "req", "", "", "", odd, ByteBuffer.allocate(5)));

    assertThat(answer.kind()).isEqualTo(OutcomeKind.ANSWERED);
    assertThat(answer.result().getCostPicoUsd()).isNull();
    assertThat(answer.result().getSyncCostPicoUsd()).isNull();
    assertThat(answer.result().getUsageProblem()).isEqualTo("implausible");

    var beyond = records(10_000).answer(JOB, request(10), line("", 5, usage(Long.MAX_VALUE)));
    assertThat(beyond.kind()).isEqualTo(OutcomeKind.ANSWERED);
    assertThat(beyond.result().getUsageProblem()).isEqualTo("implausible");

    var silent =
        new SpooledLine(200, "req", "", "", "", ReportedUsage.MISSING, ByteBuffer.allocate(5));
    assertThat(records(10_000).answer(JOB, request(10), silent).result().getUsageProblem())
        .isEqualTo("missing");
  }

  @Test
  void anAnswerThatDoesNotFitIsAFailureAndStillBilled() {
    var answer = records(10_000).answer(JOB, request(10), line("", 20_000, usage(7)));

    assertThat(answer.kind()).isEqualTo(OutcomeKind.FAILED_PROVIDER);
    assertThat(answer.record().topic()).isEqualTo("llm.failures");
    assertThat(failure.get().getCode()).isEqualTo("response_too_large");
    assertThat(failure.get().getOriginal().remaining()).isEqualTo(10);
    assertThat(answer.result().getUsage().getInput()).isEqualTo(7);
  }

  @Test
  void aFailureKeepsBothBodiesWhereTheyFit() {
    records(10_000).failure(JOB, request(2_000), OVERLOADED, line("", 2_000, TokenUsage.NONE));

    assertThat(failure.get().getOriginal().remaining()).isEqualTo(2_000);
    assertThat(failure.get().getResponseBody().remaining()).isEqualTo(2_000);
    assertThat(failure.get().getStatusCode()).isEqualTo(200);
    assertThat(failure.get().getAttempts()).isEqualTo(2);
  }

  @Test
  void whatIsTooLargeGoesWithoutTheAnswerFirstAndThenWithoutTheOriginal() {
    records(10_000).failure(JOB, request(6_000), OVERLOADED, line("", 6_000, TokenUsage.NONE));
    assertThat(failure.get().getResponseBody()).isNull();
    assertThat(failure.get().getOriginal().remaining()).isEqualTo(6_000);

    records(10_000).failure(JOB, request(12_000), OVERLOADED, null);
    assertThat(failure.get().getOriginal().remaining()).isZero();
    assertThat(failure.get().getMessage())
        .startsWith("busy (left out of this failure record: ")
        .contains("the original of ");
  }

  @Test
  void aRequestWhoseRecordIsGoneKeepsItsAnswer() {
    ProducerRecord<byte[], byte[]> lost =
        records(10_000)
            .lost(JOB, Troubles.ofLostRequest(3, 5, true), line("", 300, TokenUsage.NONE));

    assertThat(lost.key()).isNull();
    assertThat(failure.get().getCustomId()).isNull();
    assertThat(failure.get().getResponseBody().remaining()).isEqualTo(300);
    assertThat(failure.get().getMessage()).contains("offset 5").contains("response_body");
  }

  /** Values as large as their bodies, so that sizes are easy to see. */
  private OutcomeRecords records(int maxRecordBytes) {
    OutcomeFormat format =
        new OutcomeFormat(
            result -> new byte[result.getBody().remaining()],
            failed -> {
              failure.set(failed);
              return new byte[failed.getOriginal().remaining() + length(failed.getResponseBody())];
            });
    return new OutcomeRecords(
        Topics.withPrefix(""),
        format,
        new Pricing(PriceLists.builtIn(), Map.of(), () -> {}),
        maxRecordBytes,
        maxRecordBytes,
        MutableClock.at("2026-11-24T12:00:00Z"));
  }

  private static int length(@Nullable ByteBuffer bytes) {
    return bytes == null ? 0 : bytes.remaining();
  }

  private static LaneRequest request(int originalBytes) {
    return new LaneRequest(
        "key".getBytes(UTF_8),
        List.of(new RecordHeader("h", "v".getBytes(UTF_8))),
        "id",
        "t",
        "",
        Map.of(),
        2,
        "gpt-4o-mini",
        null,
        ENDED,
        1,
        77,
        ByteBuffer.allocate(originalBytes));
  }

  private static SpooledLine line(String model, int bodyBytes, TokenUsage usage) {
    return new SpooledLine(
        200, "req", model, "", "", ReportedUsage.of(usage), ByteBuffer.allocate(bodyBytes));
  }

  private static TokenUsage usage(long input) {
    return new TokenUsage(input, 0, 0, 0, 0);
  }
}
