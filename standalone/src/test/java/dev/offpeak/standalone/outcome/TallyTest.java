package dev.offpeak.standalone.outcome;

import static org.assertj.core.api.Assertions.assertThat;

import dev.offpeak.runtime.health.Waiting;
import dev.offpeak.schemas.avro.JobRecord;
import dev.offpeak.schemas.avro.JobStateName;
import dev.offpeak.schemas.avro.SealedBatch;
import dev.offpeak.schemas.avro.SealedBecause;
import dev.offpeak.schemas.avro.Tokens;
import dev.offpeak.schemas.avro.UsageMode;
import dev.offpeak.schemas.avro.UsageRecord;
import dev.offpeak.standalone.report.Failed;
import dev.offpeak.standalone.report.Progress;
import dev.offpeak.standalone.report.Spend;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TallyTest {

  private final Tally tally = new Tally();

  @Test
  void requestsAreWhereTheirBatchsJobIs() {
    tally.batch(batch("waiting", 10));
    tally.batch(batch("uploading", 20));
    tally.batch(batch("running", 30));
    tally.batch(batch("ended", 40));
    tally.job(job("uploading", 20, JobStateName.UPLOADING, 0));
    tally.job(job("running", 30, JobStateName.SUBMITTED, 12));
    tally.job(job("ended", 40, JobStateName.ENDED, 40));

    Progress progress = tally.progress(105, true);

    assertThat(progress.sealed()).isEqualTo(30);
    assertThat(progress.running()).isEqualTo(30);
    assertThat(progress.executed()).isEqualTo(12);
    assertThat(progress.hasUnsealed()).isTrue();
    assertThat(tally.batches()).isEqualTo(Map.of("openai", 4));
    assertThat(tally.atProvider()).extracting(JobRecord::getBatchId).containsExactly("running");
  }

  @Test
  void aJobThatIsSeenBeforeItsBatchDoesNotCountTwice() {
    tally.job(job("ended", 40, JobStateName.ENDED, 40));
    assertThat(tally.progress(40, true).sealed()).isZero();

    tally.batch(batch("ended", 40));
    assertThat(tally.progress(40, true).sealed()).isZero();
  }

  @Test
  void aJobThatIsRefusedAgainAndAgainIsInTroubleAllTheTime() {
    tally.batch(batch("a", 3));
    for (JobStateName state :
        List.of(JobStateName.SEALED, JobStateName.UPLOADING, JobStateName.CREATING)) {
      tally.job(job("a", 3, state, 0));
      assertThat(tally.blocked(List.of())).isFalse();
    }
    for (int tries = 0; tries < 3; tries++) {
      tally.job(troubled("a", JobStateName.SEALED));
      assertThat(tally.blocked(List.of())).isTrue();
      for (JobStateName state : List.of(JobStateName.UPLOADING, JobStateName.CREATING)) {
        tally.job(job("a", 3, state, 0));
        assertThat(tally.blocked(List.of())).isTrue();
        assertThat(tally.progress(3, true).waits())
            .containsExactly(new Waiting("batch a", "429: no quota", Instant.EPOCH, null));
      }
    }

    tally.job(job("a", 3, JobStateName.SUBMITTED, 0));
    assertThat(tally.blocked(List.of())).isFalse();
    tally.job(troubled("a", JobStateName.SUBMITTED));
    assertThat(tally.blocked(List.of())).isTrue();
    tally.job(job("a", 3, JobStateName.SUBMITTED, 1));
    assertThat(tally.blocked(List.of())).isFalse();
    assertThat(tally.progress(3, true).waits()).isEmpty();
  }

  @Test
  void resultsThatAreWaitedForWithoutABoundBlockARunWhoseJobsHaveEnded() {
    Waiting bounded = new Waiting("b", "a line lacks", Instant.EPOCH, Instant.EPOCH);
    Waiting endless = new Waiting("c", "401", Instant.EPOCH, null);
    tally.job(job("a", 3, JobStateName.ENDED, 3));

    assertThat(tally.blocked(List.of(bounded))).isFalse();
    assertThat(tally.blocked(List.of(bounded, endless))).isTrue();
    Instant tomorrow = Instant.EPOCH.plus(Duration.ofDays(1));
    assertThat(tally.blocked(List.of(new Waiting("d", "503", Instant.EPOCH, tomorrow)))).isTrue();
  }

  private static JobRecord troubled(String batchId, JobStateName state) {
    return of(batchId, 3, state, 0).setProblem("429: no quota").build();
  }

  @Test
  void outcomesAreCountedByKind() {
    tally.result(null);
    tally.failure("unknown_model", "first");
    tally.failure("unknown_model", "second");
    tally.failure("batch_expired", "third");
    tally.duplicate();

    Progress progress = tally.progress(5, true);

    assertThat(progress.finished()).isTrue();
    assertThat(progress.done()).isEqualTo(1);
    assertThat(progress.failed()).isEqualTo(3);
    assertThat(tally.failuresByCode())
        .containsEntry("unknown_model", new Failed(2, "first"))
        .containsEntry("batch_expired", new Failed(1, "third"));
  }

  @Test
  void spendIsSummedByModelAndWhatHasNoPriceIsCounted() {
    tally.usage(usage("gpt-4o-mini", 2, 100, 10, 5L, 10L));
    tally.usage(usage("gpt-4o-mini", 1, 50, 5, 2L, 4L));
    tally.usage(usage("mine", 3, 7, 1, null, null));

    assertThat(tally.spends())
        .containsEntry("gpt-4o-mini", new Spend(150, 15, 7, 14, 0))
        .containsEntry("mine", new Spend(7, 1, 0, 0, 3));
    assertThat(tally.spendsByProvider()).isEqualTo(Map.of("openai", new Spend(157, 16, 7, 14, 3)));
  }

  private static SealedBatch batch(String id, int requests) {
    return SealedBatch.newBuilder()
        .setBatchId(id)
        .setScope("scope")
        .setLane("lane")
        .setProvider("openai")
        .setAccount("simulator")
        .setEndpoint("/v1/chat/completions")
        .setModel("gpt-4o-mini")
        .setLanePartition(0)
        .setPositions(ByteBuffer.allocate(0))
        .setRequests(requests)
        .setBytes(1)
        .setEstimatedTokens(1)
        .setReason(SealedBecause.FLUSH)
        .setOpenedAt(Instant.EPOCH)
        .setSealedAt(Instant.EPOCH)
        .build();
  }

  private static JobRecord job(String batchId, int requests, JobStateName state, int done) {
    return of(batchId, requests, state, done).build();
  }

  private static JobRecord.Builder of(String batchId, int requests, JobStateName state, int done) {
    return JobRecord.newBuilder()
        .setBatchId(batchId)
        .setBatchOffset(0)
        .setScope("scope")
        .setLane("lane")
        .setProvider("openai")
        .setAccount("simulator")
        .setEndpoint("/v1/chat/completions")
        .setModel("gpt-4o-mini")
        .setRequests(requests)
        .setBytes(1)
        .setEstimatedTokens(1)
        .setSealedAt(Instant.EPOCH)
        .setState(state)
        .setSince(Instant.EPOCH)
        .setDone(done);
  }

  private static UsageRecord usage(
      String model,
      long requests,
      long input,
      long output,
      @Nullable Long cost,
      @Nullable Long sync) {
    return UsageRecord.newBuilder()
        .setRecordedAt(Instant.EPOCH)
        .setTenant("default")
        .setProvider("openai")
        .setAccount("simulator")
        .setEndpoint("/v1/chat/completions")
        .setModel(model)
        .setMode(UsageMode.BATCH)
        .setRequests(requests)
        .setUsage(Tokens.newBuilder().setInput(input).setOutput(output).build())
        .setCostPicoUsd(cost)
        .setSyncCostPicoUsd(sync)
        .build();
  }
}
