package dev.offpeak.core.job.rule;

import static dev.offpeak.core.job.rule.RuleSamples.NOW;
import static dev.offpeak.core.job.rule.RuleSamples.RULES;
import static dev.offpeak.core.job.rule.RuleSamples.RUNNING;
import static dev.offpeak.core.job.rule.RuleSamples.T;
import static dev.offpeak.core.job.rule.RuleSamples.policy;
import static dev.offpeak.core.job.rule.RuleSamples.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import dev.offpeak.core.job.Chore;
import dev.offpeak.core.job.Decision;
import dev.offpeak.core.job.JobEvent;
import dev.offpeak.core.job.JobEvent.CallFailed;
import dev.offpeak.core.job.JobState;
import dev.offpeak.core.job.JobState.Creating;
import dev.offpeak.core.job.JobState.Ended;
import dev.offpeak.core.job.JobState.Header;
import dev.offpeak.core.job.JobState.Quarantined;
import dev.offpeak.core.job.JobState.Sealed;
import dev.offpeak.core.job.JobState.Submitted;
import dev.offpeak.core.job.JobState.Unanswered;
import dev.offpeak.core.job.JobState.Uploaded;
import dev.offpeak.core.job.JobState.Uploading;
import dev.offpeak.core.job.JobStep;
import dev.offpeak.core.job.Moment;
import dev.offpeak.core.job.Problem;
import dev.offpeak.core.outcome.JobEnd;
import dev.offpeak.core.provider.CreateRecovery;
import dev.offpeak.core.provider.CreateRecovery.SearchKey;
import dev.offpeak.core.provider.InputFile;
import dev.offpeak.core.provider.ProviderError;
import dev.offpeak.core.provider.ProviderJob;
import dev.offpeak.core.provider.ProviderJob.Phase;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** Whatever goes wrong for ever comes to an end, in steps that grow. */
class BoundsTest {

  private static final CreateRecovery BY_FILE =
      new CreateRecovery(true, true, SearchKey.MARKER, Duration.ZERO);
  private static final CreateRecovery BY_TIME =
      new CreateRecovery(false, false, SearchKey.TIME_AND_COUNT, Duration.ZERO);
  private static final ProviderError INCOMPLETE =
      Kind.AMBIGUOUS.error("upload_incomplete", "the provider has 1 of 2 bytes");

  private static Ended ended(Decision decision) {
    assertThat(decision.write()).isInstanceOf(Ended.class);
    return (Ended) decision.write();
  }

  private static Moment in(Duration time) {
    return new Moment(T.plus(time), 0.5, false);
  }

  /** Uploads until it ends, a new process before each; gives the waits between them. */
  private static List<Duration> uploadsThatEndLike(ProviderError refusal, JobRules rules) {
    List<Duration> waits = new ArrayList<>();
    JobState state = new Uploading(new Header(1, T));
    Moment at = NOW;
    while (state instanceof Uploading uploading) {
      JobStep upload = new JobStep.Upload(uploading.attempt());
      Decision failed = rules.decide(state, new CallFailed(upload, refusal, 1), at);
      state = failed.write() == null ? state : failed.write();
      if (failed.next() instanceof JobStep.Wait(Instant until, JobStep then)) {
        assertThat(then).isEqualTo(new JobStep.SearchFile(uploading.attempt()));
        waits.add(Duration.between(at.now(), until));
        at = new Moment(until, 0.5, false);
        Decision again = rules.decide(state, new JobEvent.FileSearched(null), at);
        state = again.write() == null ? state : again.write();
      }
    }
    assertThat(ended(Decision.write(state, new JobStep.Finish())))
        .satisfies(
            over -> {
              assertThat(over.as()).isEqualTo(JobEnd.As.FAILED);
              assertThat(over.retryable()).isTrue();
              assertThat(over.problem()).isEqualTo(Problem.of(refusal));
            });
    return waits;
  }

  @Test
  void anUploadThatAlwaysArrivesInAnotherSizeIsTriedAFewTimesWithGrowingWaits() {
    JobRules rules = new JobRules(policy(BY_FILE, 20), new Batch(10, 0));

    List<Duration> waits = uploadsThatEndLike(INCOMPLETE, rules);

    assertThat(waits).hasSize(4).isSorted();
    assertThat(waits.getLast()).isGreaterThan(waits.getFirst().multipliedBy(4));
  }

  @Test
  void anUploadThatIsNeverAnsweredIsTriedAsOftenAsConfigured() {
    JobRules rules = new JobRules(policy(BY_FILE, 20), new Batch(10, 0));

    List<Duration> waits = uploadsThatEndLike(Kind.AMBIGUOUS.error("timeout", "no answer"), rules);

    assertThat(waits).hasSize(19).isSorted();
    assertThat(waits.getLast()).isGreaterThan(Duration.ofMinutes(3));
  }

  @Test
  void aFileThatCantBeSearchedForIsTakenForMissing() {
    Decision decision =
        RULES.decide(
            new Uploading(new Header(1, T, new Problem("timeout", "no answer"))),
            new CallFailed(new JobStep.SearchFile(1), refusal(Kind.GONE), 1),
            NOW);

    assertThat(decision.next()).isEqualTo(new JobStep.Upload(2));
  }

  @Test
  void aCreateWhoseFileIsAlwaysGoneEnds() {
    Decision first = createRefused(new Creating(new Header(1, T), "file"), Kind.GONE);
    Decision last = createRefused(new Creating(new Header(3, T), "file"), Kind.GONE);

    assertThat(first.write()).isInstanceOf(Sealed.class);
    assertThat(ended(last).retryable()).isTrue();
  }

  private static Decision createRefused(Creating state, Kind kind) {
    return RULES.decide(
        state, new CallFailed(new JobStep.Create(state.attempt(), "file"), refusal(kind), 1), NOW);
  }

  @Test
  void createsThatAreNeverAnsweredEnd() {
    JobRules direct = new JobRules(policy(BY_TIME, 3), new Batch(10, 0));
    JobStep.SearchJobs late = new JobStep.SearchJobs(3, null, T, T, false);

    Ended ended =
        ended(
            direct.decide(
                new Creating(
                    new Header(3, T, new Problem("timeout", "none")),
                    null,
                    new Unanswered(T, false)),
                new JobEvent.JobsSearched(late, List.of()),
                NOW));

    assertThat(ended.retryable()).isTrue();
    assertThat(ended.problem()).isNotNull();
    assertThat(ended.problem().message()).contains("none");
  }

  @Test
  void aSearchThatNeverSucceedsEndsWithTheWindowAndIsNotTriedAgain() {
    Creating creating = new Creating(new Header(1, T), "file", new Unanswered(T, false));
    JobStep.SearchJobs search = new JobStep.SearchJobs(1, "file", T, T, false);
    CallFailed failed = new CallFailed(search, refusal(Kind.RETRYABLE), 99);

    assertThat(RULES.decide(creating, failed, in(Duration.ofHours(20))).next())
        .isInstanceOf(JobStep.Wait.class);
    Ended ended = ended(RULES.decide(creating, failed, in(Duration.ofHours(27))));
    assertThat(ended.retryable()).isFalse();
    assertThat(ended.problem()).isNotNull();
    assertThat(ended.problem().code()).isEqualTo("create_in_doubt");
  }

  @Test
  void aFileThatCantBeDeletedIsWaitedOutInstead() {
    Creating creating = new Creating(new Header(1, T), "file", new Unanswered(T, false));

    Decision decision =
        RULES.decide(
            creating, new CallFailed(new JobStep.Burn("file"), refusal(Kind.RETRYABLE), 10), NOW);

    Instant settled = T.plus(Duration.ofMinutes(3));
    assertThat(decision.next()).isEqualTo(new JobStep.SearchJobs(1, "file", T, settled, true));
  }

  @ParameterizedTest
  @EnumSource(
      value = Kind.class,
      names = {"RETRYABLE", "RATE_LIMITED", "REJECTED", "AMBIGUOUS"})
  void aJobThatCanNeverBeLookedAtIsGivenUpLongAfterItsWindow(Kind kind) {
    CallFailed failed = new CallFailed(new JobStep.Look("job"), refusal(kind), 99);

    assertThat(RULES.decide(RUNNING, failed, in(Duration.ofHours(27))).next())
        .isInstanceOf(JobStep.Wait.class);
    Ended ended = ended(RULES.decide(RUNNING, failed, in(Duration.ofHours(29))));
    assertThat(ended.retryable()).isFalse();
    assertThat(ended.job()).isNotNull();
  }

  @Test
  void anAccountThatIsRefusedLosesNoJob() {
    CallFailed failed = new CallFailed(new JobStep.Look("job"), refusal(Kind.ACCOUNT), 99);

    assertThat(RULES.decide(RUNNING, failed, in(Duration.ofDays(9))).next())
        .isInstanceOf(JobStep.Wait.class);
  }

  @Test
  void anExpiryThatNoWindowCanHaveIsNotBelieved() {
    Submitted at1970 = new Submitted(new Header(1, T), "file", "job", "x", Instant.EPOCH, 0, 0);
    Submitted at9999 =
        new Submitted(
            new Header(1, T), "file", "job", "x", Instant.parse("9999-12-31T23:59:59Z"), 0, 0);
    JobEvent running = new JobEvent.JobSeen(seenAs(null));

    assertThat(RULES.decide(at1970, running, NOW).write()).isNotInstanceOf(Ended.class);
    assertThat(RULES.decide(at9999, running, in(Duration.ofHours(29))).write())
        .isInstanceOf(Ended.class);
  }

  @Test
  void aStatusThatNobodyKnowsIsRecordedUntilTheProviderSaysAnother() {
    ProviderError odd = Kind.RETRYABLE.error("unknown_status", "the job is 'resting'");
    JobState told = RULES.decide(RUNNING, new JobEvent.JobSeen(seenAs(odd)), NOW).write();

    assertThat(told).isInstanceOf(Submitted.class);
    assertThat(told.problem()).isEqualTo(Problem.of(odd));
    assertThat(RULES.decide(told, new JobEvent.JobSeen(seenAs(null)), NOW).write())
        .isInstanceOfSatisfying(Submitted.class, job -> assertThat(job.problem()).isNull());
  }

  private static ProviderJob seenAs(ProviderError odd) {
    return new ProviderJob(
        "job", Phase.IN_PROGRESS, "resting", T, null, 0, 0, 0, "file", null, null, odd);
  }

  @Test
  void aFileThatTheProviderStillReadsIsLookedAtWithGrowingWaitsBeforeTheCreate() {
    Decision uploaded =
        RULES.decide(
            new Uploading(new Header(1, T)), new JobEvent.FileUploaded("file", false), NOW);
    Uploaded state = (Uploaded) uploaded.write();
    assertThat(state.isFilePending()).isTrue();
    assertThat(state.waitsUntil()).isEqualTo(T.plus(Duration.ofMinutes(30)));

    JobStep look = new JobStep.LookAtFile("file");
    JobEvent pending = new JobEvent.FileSeen(InputFile.State.PENDING);
    assertThat(uploaded.next()).isEqualTo(new JobStep.Wait(T.plusSeconds(1), look));
    assertThat(RULES.decide(state, pending, in(Duration.ofSeconds(8))).next())
        .isEqualTo(new JobStep.Wait(T.plusSeconds(16), look));
    assertThat(RULES.decide(state, pending, in(Duration.ofMinutes(10))).next())
        .isEqualTo(new JobStep.Wait(T.plusSeconds(630), look));
    assertThat(RULES.decide(state, pending, in(Duration.ofMinutes(31))).next())
        .isEqualTo(new JobStep.AwaitCreate(null));

    Decision ready = RULES.decide(state, new JobEvent.FileSeen(InputFile.State.READY), NOW);
    assertThat(ready.write()).isEqualTo(new Uploaded(new Header(1, T), "file"));
    assertThat(ready.next()).isEqualTo(new JobStep.AwaitCreate(null));
    assertThat(RULES.resume(state, NOW)).isEqualTo(Decision.stay(look));
  }

  @Test
  void aFileThatTheProviderCantReadIsUploadedAnewAFewTimes() {
    Problem pending = new Problem(Uploaded.FILE_PENDING, "still");
    JobEvent failed = new JobEvent.FileSeen(InputFile.State.FAILED);

    Decision again = RULES.decide(new Uploaded(new Header(1, T, pending), "file"), failed, NOW);
    Decision never = RULES.decide(new Uploaded(new Header(3, T, pending), "file"), failed, NOW);

    assertThat(again.write()).isInstanceOf(Sealed.class);
    assertThat(again.chores()).containsExactly(new Chore.DeleteFile("file"));
    assertThat(ended(never).problem())
        .isEqualTo(new Problem("file_failed", "the provider could not read the input file"));
  }

  @Test
  void aCreateThatIsRefusedBecauseOfItsFileIsNoFailure() {
    ProviderError notReady = Kind.RETRYABLE.error("file_not_ready", "not yet");
    Creating creating = new Creating(new Header(1, T), "file");
    JobStep create = new JobStep.Create(1, "file");

    Decision soon = RULES.decide(creating, new CallFailed(create, notReady, 2), NOW);
    Decision never = RULES.decide(creating, new CallFailed(create, notReady, 3), NOW);

    assertThat(soon.write()).isInstanceOf(Uploaded.class);
    assertThat(soon.write().waitsUntil()).isNotNull();
    assertThat(never.write()).isInstanceOf(Sealed.class);
  }

  @Test
  void aWaitGoesOnAfterARestartInsteadOfBeginningAnew() {
    JobRules direct = new JobRules(policy(BY_TIME, 3), new Batch(10, 0));
    Creating left = new Creating(new Header(1, T), null);

    Decision first = direct.resume(left, in(Duration.ofSeconds(10)));
    Instant settled = T.plusSeconds(10).plus(Duration.ofMinutes(3));
    assertThat(first.write().waitsUntil()).isEqualTo(settled);
    assertThat(first.write().problem()).isNotNull();

    Decision second = direct.resume(first.write(), in(Duration.ofSeconds(100)));
    assertThat(second).isEqualTo(Decision.stay(new JobStep.SearchJobs(1, null, T, settled, false)));

    Decision found =
        direct.decide(
            first.write(),
            new JobEvent.JobsSearched((JobStep.SearchJobs) second.next(), List.of(seenAs(null))),
            in(Duration.ofSeconds(100)));
    assertThat(found.write()).isInstanceOf(Quarantined.class);
    assertThat(direct.resume(found.write(), in(Duration.ofSeconds(150))).next())
        .isEqualTo(new JobStep.SearchJobs(1, null, T, settled, false));
  }

  @Test
  void aFileThatWasBurntIsNotWaitedForTwice() {
    Creating left = new Creating(new Header(1, T), "file");
    Decision resumed = RULES.resume(left, in(Duration.ofMinutes(5)));
    Decision burnt =
        RULES.decide(resumed.write(), new JobEvent.FileBurnt(), in(Duration.ofMinutes(5)));
    Instant settled = T.plus(Duration.ofMinutes(6));

    assertThat(RULES.resume(burnt.write(), in(Duration.ofSeconds(350))))
        .isEqualTo(Decision.stay(new JobStep.SearchJobs(1, "file", T, settled, true)));
  }

  @Test
  void aCreateThatIsHeldBackIsHeldBackAfterARestartToo() {
    ProviderError busy = new ProviderError.RateLimited("c", "m", Duration.ofMinutes(9));
    Decision held =
        RULES.decide(
            new Creating(new Header(1, T), "file"),
            new CallFailed(new JobStep.Create(1, "file"), busy, 1),
            NOW);

    assertThat(RULES.resume(held.write(), NOW)).isEqualTo(Decision.stay(held.next()));
  }

  @ParameterizedTest
  @EnumSource(value = Kind.class, mode = Mode.EXCLUDE, names = "ACCOUNT")
  void noWaitOfAProviderIsLongerThanAnHourAndATenth(Kind kind) {
    for (long seconds : new long[] {999_999_999, Long.MAX_VALUE, -5, Long.MIN_VALUE}) {
      ProviderError busy = kind.error("c", "m", Duration.ofSeconds(seconds));
      Instant next = policy(BY_FILE, 3).again(busy, 1, NOW);
      assertThat(next).isBetween(T, T.plus(Duration.ofMinutes(66)));
    }
  }

  @Property
  void aRecordThatNothingCanBeDoneWithEndsOnlyWhatDoesNotRun(@ForAll boolean uploaded) {
    JobState early =
        uploaded ? new Uploaded(new Header(1, T), "f") : new Sealed(new Header(0, T), null);

    assertThat(ended(RULES.unprocessable(early, "why", NOW)).problem())
        .isEqualTo(new Problem("unprocessable_record", "why"));
    assertThat(RULES.unprocessable(RUNNING, "why", NOW)).isNull();
    assertThat(RULES.unprocessable(new Creating(new Header(1, T), "f"), "why", NOW)).isNull();
  }
}
