package dev.offpeak.results.job;

import static dev.offpeak.results.job.JobWorld.answer;
import static dev.offpeak.results.job.JobWorld.id;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.offpeak.core.outcome.LineKind;
import dev.offpeak.provider.Answer;
import dev.offpeak.provider.BatchProvider;
import dev.offpeak.provider.ProviderError;
import dev.offpeak.provider.ProviderJob;
import dev.offpeak.results.wait.NotYet;
import dev.offpeak.schemas.avro.EndedAs;
import dev.offpeak.schemas.avro.InvalidLine;
import dev.offpeak.schemas.avro.JobEnded;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(600)
class PatientFetcherTest {

  private static final ProviderError GONE = new ProviderError.Gone("not_found", "no such file");
  private static final UnaryOperator<JobEnded.Builder> AS_IT_IS = ended -> ended;

  private final JobWorld world = new JobWorld(4, 5, 6);

  @Test
  void aTransferThatBreaksIsBegunAgain() throws Exception {
    world
        .provider
        .breaksAfter(List.of(answer(id(6))))
        .breaksAfter(List.of())
        .brings(List.of(answer(id(5)), answer(id(4)), answer(id(6))));

    FetchedJob job = fetch(EndedAs.COMPLETED, AS_IT_IS);

    assertThat(job.findings().isAnswered(0)).isTrue();
    assertThat(job.findings().isAnswered(2)).isTrue();
    assertThat(world.sleeper.slept()).hasSize(2);
    assertThat(world.obstacles.count()).isZero();
  }

  @Test
  void waitsAsLongAsTheProviderSays() throws Exception {
    world
        .provider
        .refuses(new ProviderError.RateLimited("rate_limit", "slow down", Duration.ofMinutes(7)))
        .refuses(new ProviderError.AccountProblem("invalid_api_key", "no"))
        .brings(List.of());

    fetch(EndedAs.COMPLETED, AS_IT_IS);

    assertThat(world.sleeper.slept()).containsExactly(Duration.ofMinutes(7), Duration.ofMinutes(1));
  }

  @Test
  void aFileThatIsNotThereIsGoneOnlyAfterSeveralTries() throws Exception {
    world.provider.refuses(GONE).refuses(GONE).brings(List.of(answer(id(4))));

    assertThat(fetch(EndedAs.COMPLETED, AS_IT_IS).findings().complete()).isTrue();

    world.provider.refuses(GONE).refuses(GONE).refuses(GONE).refuses(GONE).refuses(GONE);
    Findings gone = fetch(EndedAs.COMPLETED, AS_IT_IS).findings();
    assertThat(gone.complete()).isFalse();
    assertThat(gone.troubleAt(0, null).code()).isEqualTo("results_gone");
    assertThat(world.provider.left()).isZero();
  }

  @Test
  void aJobWithoutFilesIsAskedFor() throws Exception {
    world.provider.says(Answer.ok(job(3, "file-late"))).brings(List.of(answer(id(4))));

    Findings found =
        fetch(EndedAs.COMPLETED, ended -> ended.setOutputFileId("").setErrorFileId(null))
            .findings();

    assertThat(found.seen().kindAt(0)).isEqualTo(LineKind.SUCCEEDED);
    assertThat(world.sleeper.slept()).isEmpty();
  }

  @Test
  void aJobThatHasAnswersIsWaitedForUntilItSaysWhere() {
    world.provider.says(Answer.ok(job(3, null)));
    Thread.currentThread().interrupt();

    assertThatThrownBy(() -> fetch(EndedAs.COMPLETED, ended -> ended.setOutputFileId(null)))
        .isInstanceOf(InterruptedException.class);
  }

  @Test
  void aJobOfWhichNothingSucceededNeedsNoFiles() throws Exception {
    world.provider.says(Answer.ok(job(0, null)));

    Findings found = fetch(EndedAs.EXPIRED, ended -> ended.setOutputFileId(null)).findings();

    assertThat(found.troubleAt(1, null).code()).isEqualTo("batch_expired");
  }

  @Test
  void requestsThatAreSealedAgainAreNotOfThisJob() throws Exception {
    FetchedJob job =
        fetch(
            EndedAs.FAILED,
            ended ->
                ended
                    .setInvalidLines(
                        List.of(
                            new InvalidLine(2, "bad", "very bad"),
                            new InvalidLine(-1, "unknown", "which one?")))
                    .setResealedAs(List.of("01C")));

    assertThat(job.findings().work().manifest().offsets()).containsExactly(6L);
    assertThat(job.findings().troubleAt(0, null).code()).isEqualTo("bad");
  }

  @Test
  void anExpiredManifestLeavesNothingToPublish() throws Exception {
    FetchedJob job = fetch(EndedAs.COMPLETED, ended -> ended.setBatchOffset(2));

    assertThat(job.findings().work().manifest().size()).isZero();
    assertThat(world.registry.get("offpeak.results.lost.manifests").counter().count()).isEqualTo(1);
  }

  @Test
  void aJobThatWaitsHoldsNoSlot() throws Exception {
    NotYet noKey = NotYet.whenMended("no key");
    int[] free = new int[1];
    PatientFetcher fetcher =
        world.fetcher(
            new ProviderAccess() {
              @Override
              public BatchProvider of(JobEnded job) throws NotYet {
                if (world.sleeper.slept().isEmpty()) {
                  throw noKey;
                }
                free[0] = world.slots.ofAll().availablePermits();
                return world.provider;
              }

              @Override
              public Duration window(String account) {
                return Duration.ofDays(1);
              }
            });
    world.provider.brings(List.of());

    FetchedJob job = fetcher.fetch(world.ended(1, EndedAs.COMPLETED, AS_IT_IS), 0, world.slots);

    assertThat(free[0]).isZero();
    assertThat(world.slots.ofAll().availablePermits()).isZero();
    job.close();
    assertThat(world.slots.ofAll().availablePermits()).isEqualTo(1);
    assertThat(world.slots.ofPartition().availablePermits()).isEqualTo(1);
  }

  private FetchedJob fetch(EndedAs as, UnaryOperator<JobEnded.Builder> changes) throws Exception {
    FetchedJob job = world.fetcher().fetch(world.ended(1, as, changes), 0, world.slots);
    job.close();
    return job;
  }

  private static ProviderJob job(int succeeded, @Nullable String outputFile) {
    return new ProviderJob(
        JobWorld.JOB,
        ProviderJob.Phase.COMPLETED,
        "completed",
        JobWorld.ENDED,
        null,
        3,
        succeeded,
        0,
        "file-in",
        outputFile,
        null,
        null);
  }
}
