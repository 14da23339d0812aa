package dev.offpeak.results.completions.job;

import static dev.offpeak.results.completions.job.JobWorld.answer;
import static dev.offpeak.results.completions.job.JobWorld.error;
import static dev.offpeak.results.completions.job.JobWorld.id;
import static org.assertj.core.api.Assertions.assertThat;

import dev.offpeak.core.outcome.LineKind;
import dev.offpeak.core.outcome.Trouble;
import dev.offpeak.core.provider.ProviderError;
import dev.offpeak.core.provider.ProviderJob;
import dev.offpeak.core.wait.RetryLater;
import dev.offpeak.provider.Answer;
import dev.offpeak.provider.BatchProvider;
import dev.offpeak.provider.ResultLine;
import dev.offpeak.results.shared.account.ProviderAccess;
import dev.offpeak.schemas.avro.EndedAs;
import dev.offpeak.schemas.avro.InvalidLine;
import dev.offpeak.schemas.avro.JobEnded;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(600)
class RetryingFetcherTest {

  private static final ProviderError GONE = new ProviderError.Gone("not_found", "no such file");
  private static final UnaryOperator<JobEnded.Builder> AS_IT_IS = ended -> ended;

  private static final UnaryOperator<JobEnded.Builder> NO_FILES =
      ended -> ended.setOutputFileId("").setErrorFileId(null);

  private static final List<ResultLine> ALL = List.of(answer(id(4)), answer(id(5)), answer(id(6)));

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
    assertThat(world.waiting.count()).isZero();
  }

  @Test
  void waitsAsLongAsTheProviderSays() throws Exception {
    world
        .provider
        .refuses(new ProviderError.RateLimited("rate_limit", "slow down", Duration.ofMinutes(7)))
        .refuses(new ProviderError.AccountProblem("invalid_api_key", "no"))
        .brings(ALL);

    fetch(EndedAs.COMPLETED, AS_IT_IS);

    assertThat(world.sleeper.slept()).containsExactly(Duration.ofMinutes(7), Duration.ofMinutes(1));
  }

  @Test
  void aDownloadThatBreaksForEverIsGivenUpAndWhatCameIsTaken() throws Exception {
    world.provider.breaksAfter(List.of(answer(id(4))));

    FetchedJob job = fetch(EndedAs.COMPLETED, AS_IT_IS);

    assertThat(job.findings().isAnswered(0)).isTrue();
    assertUndelivered(job, "file-out broke after line 1");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aDownloadThatIsRefusedForEverIsGivenUp(boolean limited) throws Exception {
    world.provider.refuses(
        limited
            ? new ProviderError.RateLimited("rate_limit", "slow down", Duration.ofHours(1))
            : new ProviderError.Rejected("redirected", "go elsewhere"));

    assertUndelivered(fetch(EndedAs.COMPLETED, AS_IT_IS), limited ? "slow down" : "redirected");
  }

  @Test
  void aJobThatCanNotBeAskedForItsFilesIsGivenUp() throws Exception {
    world.provider.says(Answer.failed(new ProviderError.Retryable("http_500", "oh")));

    assertUndelivered(fetch(EndedAs.EXPIRED, NO_FILES), "http_500");
  }

  private void assertUndelivered(FetchedJob job, String why) {
    Trouble trouble = job.findings().troubleAt(1, null);
    assertThat(trouble.code()).isEqualTo("results_undelivered");
    assertThat(trouble.message()).contains(why);
    assertThat(trouble.tryAgain()).isFalse();
    assertThat(trouble.worthSending()).isFalse();
    assertThat(job.isDelivered()).isFalse();
    assertThat(waited()).isBetween(Duration.ofHours(24), Duration.ofHours(27));
    assertThat(world.sleeper.slept()).hasSizeLessThan(200);
    assertThat(world.waiting.count()).isZero();
  }

  @Test
  void anAccountThatIsRefusedIsWaitedForAsLongAsItTakes() throws Exception {
    for (int minutes = 0; minutes < 2 * 24 * 60; minutes++) {
      world.provider.refuses(new ProviderError.AccountProblem("invalid_api_key", "no"));
    }
    world.provider.brings(ALL);

    assertThat(fetch(EndedAs.COMPLETED, AS_IT_IS).findings().seen().succeeded()).isEqualTo(3);
    assertThat(waited()).isGreaterThan(Duration.ofHours(47));
  }

  @Test
  void aFileThatIsNotThereIsGoneOnlyAfterSeveralTries() throws Exception {
    world.provider.refuses(GONE).refuses(GONE).brings(ALL);

    assertThat(fetch(EndedAs.COMPLETED, AS_IT_IS).findings().complete()).isTrue();

    world.provider.refuses(GONE).refuses(GONE).refuses(GONE).refuses(GONE).refuses(GONE);
    DownloadedOutcomes gone = fetch(EndedAs.COMPLETED, AS_IT_IS).findings();
    assertThat(gone.complete()).isFalse();
    assertThat(gone.troubleAt(0, null).code()).isEqualTo("results_gone");
    assertThat(world.provider.left()).isZero();
  }

  @Test
  void aJobWithoutFilesIsAskedFor() throws Exception {
    world.provider.says(Answer.ok(job(ProviderJob.Phase.COMPLETED, 3, "file-late"))).brings(ALL);

    DownloadedOutcomes found = fetch(EndedAs.COMPLETED, NO_FILES).findings();

    assertThat(found.seen().kindAt(0)).isEqualTo(LineKind.SUCCEEDED);
    assertThat(world.sleeper.slept()).isEmpty();
  }

  @Test
  void filesThatComeLateAreWaitedFor() throws Exception {
    world
        .provider
        .says(Answer.ok(job(ProviderJob.Phase.COMPLETED, 0, null)))
        .says(Answer.ok(job(ProviderJob.Phase.COMPLETED, 3, null)))
        .says(Answer.ok(job(ProviderJob.Phase.COMPLETED, 3, "file-late")))
        .brings(ALL);

    DownloadedOutcomes found = fetch(EndedAs.COMPLETED, NO_FILES).findings();

    assertThat(found.seen().succeeded()).isEqualTo(3);
    assertThat(world.sleeper.slept()).hasSize(2);
    assertThat(world.waiting.count()).isZero();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 3})
  void filesThatNeverComeAreWaitedForWithinABound(int counted) throws Exception {
    world.provider.says(Answer.ok(job(ProviderJob.Phase.COMPLETED, counted, null)));

    DownloadedOutcomes found = fetch(EndedAs.COMPLETED, NO_FILES).findings();

    assertThat(found.troubleAt(0, null).code()).isEqualTo("missing_from_output");
    assertThat(waited()).isBetween(Duration.ofMinutes(4), Duration.ofMinutes(9));
  }

  @Test
  void anErrorFileAloneOfAJobThatCountsAnswersIsRead() throws Exception {
    world
        .provider
        .says(Answer.ok(job(ProviderJob.Phase.COMPLETED, 3, null)))
        .brings(
            List.of(
                error(id(4), ResultLine.Verdict.YOUR_INPUT),
                error(id(5), ResultLine.Verdict.YOUR_INPUT),
                error(id(6), ResultLine.Verdict.YOUR_INPUT)));

    DownloadedOutcomes found =
        fetch(EndedAs.COMPLETED, ended -> ended.setOutputFileId(null).setErrorFileId("file-err"))
            .findings();

    assertThat(found.seen().joined()).isEqualTo(3);
    assertThat(world.sleeper.slept()).isEmpty();
  }

  @Test
  void aDownloadThatEndsWellAndTooEarlyIsRepeated() throws Exception {
    world
        .provider
        .says(Answer.ok(job(ProviderJob.Phase.COMPLETED, 3, "file-out")))
        .brings(List.of(answer(id(4))))
        .brings(List.of(answer(id(4)), answer(id(5))))
        .brings(ALL);

    assertThat(fetch(EndedAs.COMPLETED, AS_IT_IS).findings().seen().succeeded()).isEqualTo(3);
    assertThat(world.sleeper.slept()).hasSize(2);
    assertThat(world.sleeper.slept().get(1)).isGreaterThan(world.sleeper.slept().get(0));
  }

  @Test
  void aLineThatCanNotBeReadIsFetchedAgainBeforeItIsBelieved() throws Exception {
    List<ResultLine> cut =
        List.of(answer(id(4)), answer(id(5)), new ResultLine.Unreadable(id(6), "cut"));
    world.provider.says(Answer.ok(job(ProviderJob.Phase.COMPLETED, 3, "file-out"))).brings(cut);

    DownloadedOutcomes found = fetch(EndedAs.COMPLETED, AS_IT_IS).findings();

    assertThat(found.seen().kindAt(2)).isEqualTo(LineKind.UNREADABLE);
    assertThat(world.sleeper.slept()).hasSize(2);
  }

  @ParameterizedTest
  @EnumSource(names = {"EXPIRED", "CANCELLED"})
  void answersThatAnUnfinishedJobCountsAndDoesNotGiveAreNotExecutedAgain(EndedAs as)
      throws Exception {
    world
        .provider
        .says(Answer.ok(job(ProviderJob.Phase.valueOf(as.name()), 2, "file-out")))
        .brings(List.of(answer(id(4))));

    DownloadedOutcomes found = fetch(as, ended -> ended.setRetryable(true)).findings();

    assertThat(found.troubleAt(1, null).code()).isEqualTo("missing_from_output");
    assertThat(found.troubleAt(1, null).tryAgain()).isFalse();
    assertThat(waited()).isGreaterThan(Duration.ofMinutes(4));
  }

  @Test
  void aJobOfWhichNothingSucceededNeedsNoFiles() throws Exception {
    world.provider.says(Answer.ok(job(ProviderJob.Phase.EXPIRED, 0, null)));

    DownloadedOutcomes found = fetch(EndedAs.EXPIRED, NO_FILES).findings();

    assertThat(found.troubleAt(1, null).code()).isEqualTo("batch_expired");
    assertThat(world.sleeper.slept()).isEmpty();
  }

  @Test
  void aRecordThatIsNoneIsGivenUpAndTheRegistryIsNot() throws Exception {
    var noise =
        new ConsumerRecord<byte[], byte[]>(
            world.topics.completions().name(), 0, 9, null, new byte[] {'{', 0, 0, 0});

    DecodedCompletion arrival = world.fetcher().fetch(noise, 0, world.slots);

    assertThat(arrival).isInstanceOf(BadCompletion.class);
    assertThat(arrival.offset()).isEqualTo(9);
    assertThat(world.slots.ofAll().availablePermits()).isEqualTo(1);
    assertThat(world.waiting.count()).isZero();
  }

  @Test
  void anAdapterThatBreaksOnAJobFailsItsRequestsInTheEnd() throws Exception {
    DownloadedOutcomes found = fetch(EndedAs.EXPIRED, AS_IT_IS).findings();

    Trouble trouble = found.troubleAt(1, null);
    assertThat(trouble.code()).isEqualTo("unprocessable_record");
    assertThat(trouble.message()).contains("batch_1", "the test did not expect");
    assertThat(trouble.tryAgain()).isFalse();
    assertThat(trouble.worthSending()).isFalse();
  }

  @Test
  void aManifestThatCanNotBeReadIsGivenUp() throws Exception {
    String topic = world.topics.batches().name();
    world.log.add(new ConsumerRecord<>(topic, 0, 6, new byte[0], new byte[] {1, 2, 3}));

    DecodedCompletion arrival =
        world
            .fetcher()
            .fetch(
                world.ended(1, EndedAs.COMPLETED, ended -> ended.setBatchOffset(6)),
                0,
                world.slots);

    assertThat(arrival).isInstanceOf(BadCompletion.class);
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
    RetryLater noKey = RetryLater.whenMended("no key");
    int[] free = new int[1];
    RetryingFetcher fetcher =
        world.fetcher(
            new ProviderAccess() {
              @Override
              public BatchProvider of(JobEnded job) throws RetryLater {
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
    world.provider.brings(ALL);

    DecodedCompletion job =
        fetcher.fetch(world.ended(1, EndedAs.COMPLETED, AS_IT_IS), 0, world.slots);

    assertThat(free[0]).isZero();
    assertThat(world.slots.ofAll().availablePermits()).isZero();
    job.close();
    assertThat(world.slots.ofAll().availablePermits()).isEqualTo(1);
    assertThat(world.slots.ofPartition().availablePermits()).isEqualTo(1);
  }

  private FetchedJob fetch(EndedAs as, UnaryOperator<JobEnded.Builder> changes) throws Exception {
    FetchedJob job =
        (FetchedJob) world.fetcher().fetch(world.ended(1, as, changes), 0, world.slots);
    job.close();
    return job;
  }

  private ProviderJob job(ProviderJob.Phase phase, int succeeded, @Nullable String outputFile) {
    return world.job(phase, succeeded, outputFile);
  }

  private Duration waited() {
    return world.sleeper.slept().stream().reduce(Duration.ZERO, Duration::plus);
  }
}
