package dev.offpeak.core.job.rule;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.offpeak.core.job.Chore;
import dev.offpeak.core.job.Decision;
import dev.offpeak.core.job.JobEvent;
import dev.offpeak.core.job.JobEvent.CallFailed;
import dev.offpeak.core.job.JobState;
import dev.offpeak.core.job.JobState.Creating;
import dev.offpeak.core.job.JobState.Ended;
import dev.offpeak.core.job.JobState.Quarantined;
import dev.offpeak.core.job.JobState.Rest;
import dev.offpeak.core.job.JobState.Sealed;
import dev.offpeak.core.job.JobState.Submitted;
import dev.offpeak.core.job.JobState.Uploaded;
import dev.offpeak.core.job.JobState.Uploading;
import dev.offpeak.core.job.JobStep;
import dev.offpeak.core.job.Moment;
import dev.offpeak.core.job.Problem;
import dev.offpeak.core.job.Refusal;
import dev.offpeak.core.job.Refusal.BadLine;
import dev.offpeak.core.job.Refusal.Kind;
import dev.offpeak.core.job.SeenJob;
import dev.offpeak.core.job.SeenJob.Phase;
import dev.offpeak.core.job.rule.CreateRecovery.SearchKey;
import dev.offpeak.core.outcome.JobEnd;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

class JobRulesTest {

  private static final Instant T = Instant.parse("2026-11-24T12:00:00Z");
  private static final Moment NOW = new Moment(T, 0.5, false);
  private static final Moment CANCELLED = new Moment(T, 0.5, true);
  private static final Submitted RUNNING =
      new Submitted(2, T.minusSeconds(600), "file", "job", "in_progress", null, 0, 0, null);

  private final JobRules rules = rules(new CreateRecovery(true, true, SearchKey.MARKER));

  private static JobRules rules(CreateRecovery recovery) {
    return rules(recovery, new Batch(10, 0));
  }

  private static JobRules rules(CreateRecovery recovery, Batch batch) {
    JobPolicy policy =
        new JobPolicy(
            recovery,
            Duration.ofMinutes(2),
            Duration.ofMinutes(1),
            Duration.ofSeconds(10),
            new Waits(Duration.ofSeconds(1), Duration.ofMinutes(5)),
            new PollPace(Duration.ofSeconds(10), Duration.ofMinutes(5)),
            3,
            Duration.ofHours(24),
            Duration.ofMinutes(15),
            Duration.ofHours(2));
    return new JobRules(policy, batch);
  }

  private static SeenJob seen(Phase phase, Refusal failure) {
    return new SeenJob("job", phase, phase.name(), T, null, 4, 1, "file", "out", "err", failure);
  }

  private static Refusal refusal(Kind kind) {
    return Refusal.of(kind, "code", "message");
  }

  private static JobStep afterWait(Decision decision) {
    assertThat(decision.next()).isInstanceOf(JobStep.Wait.class);
    return ((JobStep.Wait) decision.next()).then();
  }

  private Ended ended(JobState state, JobEvent event) {
    Decision decision = rules.decide(state, event, NOW);
    assertThat(decision.next()).isInstanceOf(JobStep.Finish.class);
    assertThat(decision.write()).isInstanceOf(Ended.class);
    return (Ended) decision.write();
  }

  @Test
  void anIntentIsRecordedBeforeEachActThatLeavesSomething() {
    Decision upload = rules.decide(new Sealed(0, T, null, null), new JobEvent.TurnCame(), NOW);
    Decision create =
        rules.decide(new Uploaded(1, T, "file", null), new JobEvent.CreateTurnCame(), NOW);

    assertThat(upload.write()).isEqualTo(new Uploading(1, T, null));
    assertThat(upload.next()).isEqualTo(new JobStep.Upload(1));
    assertThat(create.write()).isEqualTo(new Creating(1, T, "file", null));
    assertThat(create.next()).isEqualTo(new JobStep.Create(1, "file"));
  }

  @Test
  void withoutAnUploadTheCreateIsTheFirstAct() {
    JobRules direct = rules(new CreateRecovery(false, false, SearchKey.TIME_AND_COUNT));
    Sealed sealed = new Sealed(0, T, null, null);

    assertThat(direct.decide(sealed, new JobEvent.TurnCame(), NOW))
        .isEqualTo(Decision.stay(new JobStep.AwaitCreate(null)));
    assertThat(direct.decide(sealed, new JobEvent.CreateTurnCame(), NOW).next())
        .isEqualTo(new JobStep.Create(1, null));
  }

  @ParameterizedTest
  @EnumSource(
      value = Kind.class,
      names = {"RETRYABLE", "RATE_LIMITED", "QUEUE_FULL", "ACCOUNT", "PAYLOAD_UNREADABLE"})
  void anUploadThatDidNotHappenIsTriedAgain(Kind kind) {
    Decision decision =
        rules.decide(
            new Uploading(1, T, null),
            new CallFailed(new JobStep.Upload(1), refusal(kind), 1),
            NOW);

    assertThat(decision.write()).isEqualTo(new Uploading(1, T, new Problem("code", "message")));
    assertThat(afterWait(decision)).isEqualTo(new JobStep.Upload(1));
  }

  @Test
  void anUploadThatMayHaveHappenedIsLookedFor() {
    Decision decision =
        rules.decide(
            new Uploading(1, T, null),
            new CallFailed(new JobStep.Upload(1), refusal(Kind.AMBIGUOUS), 1),
            NOW);

    assertThat(afterWait(decision)).isEqualTo(new JobStep.SearchFile(1));
  }

  @Test
  void aPayloadThatIsGoneEndsTheBatch() {
    Ended ended =
        ended(
            new Uploading(1, T, null),
            new CallFailed(new JobStep.Upload(1), refusal(Kind.PAYLOAD_EXPIRED), 1));

    assertThat(ended.as()).isEqualTo(JobEnd.As.FAILED);
    assertThat(ended.problem()).isEqualTo(new Problem("payload_expired", "message"));
    assertThat(ended.job()).isNull();
  }

  @ParameterizedTest
  @EnumSource(
      value = Kind.class,
      names = {"RETRYABLE", "RATE_LIMITED", "QUEUE_FULL", "ACCOUNT"})
  void aCreateThatDidNotHappenIsTriedAgainWithTheSameFile(Kind kind) {
    Decision decision =
        rules.decide(
            new Creating(1, T, "file", null),
            new CallFailed(new JobStep.Create(1, "file"), refusal(kind), 1),
            NOW);

    assertThat(decision.write())
        .isEqualTo(new Uploaded(1, T, "file", new Problem("code", "message")));
    assertThat(decision.next()).isInstanceOf(JobStep.AwaitCreate.class);
  }

  @Test
  void theProvidersOwnWaitIsHonoured() {
    Refusal busy =
        new Refusal(Kind.RATE_LIMITED, "code", "message", Duration.ofMinutes(7), List.of());

    Decision decision =
        rules.decide(
            new Creating(1, T, "file", null),
            new CallFailed(new JobStep.Create(1, "file"), busy, 1),
            NOW);

    assertThat(decision.next())
        .isEqualTo(new JobStep.AwaitCreate(T.plus(Duration.ofSeconds(7 * 60 + 21))));
  }

  @Test
  void aCreateThatMayHaveHappenedIsNeverRepeatedButLookedFor() {
    Creating creating = new Creating(1, T, "file", null);
    Decision lost =
        rules.decide(
            creating,
            new CallFailed(new JobStep.Create(1, "file"), refusal(Kind.AMBIGUOUS), 1),
            NOW);

    assertThat(lost.next()).isEqualTo(search(T, T.plusSeconds(120), false));
    assertThat(rules.resume(creating, new Moment(T.plusSeconds(5), 0, false)))
        .isEqualTo(search(T, T.plusSeconds(120), false));
  }

  private static JobStep.SearchJobs search(Instant since, Instant settled, boolean burnt) {
    return new JobStep.SearchJobs(1, "file", since, settled, burnt);
  }

  @Test
  void whatIsNotFoundInTimeIsBurntAndLookedForOnceMore() {
    Creating creating = new Creating(1, T, "file", null);
    JobStep.SearchJobs first = search(T, T.plusSeconds(120), false);
    Moment settled = new Moment(T.plusSeconds(120), 0, false);

    Decision early = rules.decide(creating, new JobEvent.JobsSearched(first, List.of()), NOW);
    Decision late = rules.decide(creating, new JobEvent.JobsSearched(first, List.of()), settled);
    Decision burnt = rules.decide(creating, new JobEvent.FileBurnt(), settled);
    JobStep.SearchJobs last = search(T, T.plusSeconds(180), true);
    Decision gone =
        rules.decide(
            creating,
            new JobEvent.JobsSearched(last, List.of()),
            new Moment(T.plusSeconds(180), 0, false));

    assertThat(early).isEqualTo(Decision.stay(new JobStep.Wait(T.plusSeconds(10), first)));
    assertThat(late).isEqualTo(Decision.stay(new JobStep.Burn("file")));
    assertThat(burnt).isEqualTo(Decision.stay(last));
    assertThat(gone.write()).isEqualTo(new Sealed(1, T.plusSeconds(180), null, null));
  }

  @Test
  void theOldestJobThatIsFoundIsTakenAndAYoungerOneCancelled() {
    SeenJob oldest = seen(Phase.IN_PROGRESS, null);
    SeenJob younger =
        new SeenJob("twin", Phase.VALIDATING, "v", T, null, 0, 0, "file", null, null, null);

    Decision decision =
        rules.decide(
            new Creating(1, T, "file", null),
            new JobEvent.JobsSearched(search(T, T, false), List.of(oldest, younger)),
            NOW);

    assertThat(decision.write())
        .isInstanceOfSatisfying(Submitted.class, job -> assertThat(job.jobId()).isEqualTo("job"));
    assertThat(decision.chores()).containsExactly(new Chore.CancelJob("twin"));
  }

  @Test
  void aJobThatMayBeSomebodyElsesIsQuarantinedUntilItsResultsTell() {
    JobRules direct = rules(new CreateRecovery(false, false, SearchKey.TIME_AND_COUNT));
    JobStep.SearchJobs search = new JobStep.SearchJobs(1, null, T, T, false);

    Decision doubt =
        direct.decide(
            new Creating(1, T, null, null),
            new JobEvent.JobsSearched(search, List.of(seen(Phase.IN_PROGRESS, null))),
            NOW);
    assertThat(doubt.write()).isInstanceOf(Quarantined.class);
    JobState quarantined = doubt.write();
    Decision over =
        direct.decide(
            quarantined,
            new JobEvent.JobsSearched(search, List.of(seen(Phase.COMPLETED, null))),
            NOW);
    JobStep.Prove prove = new JobStep.Prove(List.of("job"), null);
    Decision ours =
        direct.decide(quarantined, new JobEvent.Proved(prove, seen(Phase.COMPLETED, null)), NOW);
    Decision notOurs = direct.decide(quarantined, new JobEvent.Proved(prove, null), NOW);

    assertThat(over).isEqualTo(Decision.stay(prove));
    assertThat(ours.write()).isInstanceOf(Ended.class);
    assertThat(notOurs.write()).isInstanceOf(Sealed.class);
  }

  @Test
  void thatOthersAreNotOursDoesNotSettleACreateThatMayStillShow() {
    JobRules direct = rules(new CreateRecovery(false, false, SearchKey.TIME_AND_COUNT));
    Quarantined doubt = new Quarantined(1, T, null, null, new Problem("doubt", "why"));
    JobStep.SearchJobs early =
        new JobStep.SearchJobs(1, null, T, NOW.now().plusSeconds(100), false);

    Decision found =
        direct.decide(
            doubt, new JobEvent.JobsSearched(early, List.of(seen(Phase.COMPLETED, null))), NOW);
    JobStep.Prove prove = new JobStep.Prove(List.of("job"), early);
    Decision notOurs = direct.decide(doubt, new JobEvent.Proved(prove, null), NOW);

    assertThat(found).isEqualTo(Decision.stay(prove));
    assertThat(notOurs.write()).isNull();
    assertThat(notOurs.next())
        .isInstanceOfSatisfying(
            JobStep.Wait.class, wait -> assertThat(wait.then()).isEqualTo(early));
  }

  @Test
  void aDoubtThatNothingSettlesEndsWithTheWindowAndIsNotTriedAgain() {
    Quarantined doubt = new Quarantined(1, T, "file", "job", new Problem("doubt", "why"));
    Moment end = new Moment(T.plus(Duration.ofHours(27)), 0, false);

    Decision decision =
        rules.decide(doubt, new CallFailed(new JobStep.Look("job"), refusal(Kind.GONE), 9), end);

    assertThat(decision.write())
        .isInstanceOfSatisfying(
            Ended.class,
            ended -> {
              assertThat(ended.as()).isEqualTo(JobEnd.As.FAILED);
              assertThat(ended.retryable()).isFalse();
              assertThat(ended.problem()).isEqualTo(doubt.problem());
            });
  }

  @Test
  void aRunningJobIsRecordedWhenItHasMovedAndLookedAtLater() {
    Decision moved =
        rules.decide(RUNNING, new JobEvent.JobSeen(seen(Phase.IN_PROGRESS, null)), NOW);
    assertThat(moved.write())
        .isInstanceOfSatisfying(Submitted.class, job -> assertThat(job.done()).isEqualTo(4));
    assertThat(moved.next())
        .isEqualTo(new JobStep.Wait(T.plusSeconds(60), new JobStep.Look("job")));

    Decision same =
        rules.decide(moved.write(), new JobEvent.JobSeen(seen(Phase.IN_PROGRESS, null)), NOW);

    assertThat(same.write()).isNull();
  }

  @Test
  void oneFailedLookIsNothingAndSeveralAreToldOf() {
    CallFailed first = new CallFailed(new JobStep.Look("job"), refusal(Kind.RETRYABLE), 1);
    CallFailed second = new CallFailed(new JobStep.Look("job"), refusal(Kind.RETRYABLE), 2);

    assertThat(rules.decide(RUNNING, first, NOW).write()).isNull();
    assertThat(rules.decide(RUNNING, second, NOW).write())
        .extracting(JobState::problem)
        .isEqualTo(new Problem("code", "message"));
  }

  @Test
  void aJobThatItsProviderNoLongerKnowsIsQuarantinedAfterAWhile() {
    CallFailed gone = new CallFailed(new JobStep.Look("job"), refusal(Kind.GONE), 2);

    Decision soon = rules.decide(RUNNING, gone, NOW);
    Decision later = rules.decide(RUNNING, gone, new Moment(T.plusSeconds(600), 0, false));

    assertThat(soon.write()).isInstanceOf(Submitted.class);
    assertThat(later.write())
        .isInstanceOfSatisfying(
            Quarantined.class, doubt -> assertThat(doubt.jobId()).isEqualTo("job"));
    assertThat(afterWait(later)).isEqualTo(new JobStep.Look("job"));
  }

  @ParameterizedTest
  @EnumSource(
      value = Phase.class,
      names = {"COMPLETED", "EXPIRED", "CANCELLED"})
  void theProvidersEndIsOurs(Phase phase) {
    Ended ended = ended(RUNNING, new JobEvent.JobSeen(seen(phase, null)));

    assertThat(ended.as().name()).isEqualTo(phase.name());
    assertThat(ended.job()).isNotNull();
    assertThat(ended.job().outputFile()).isEqualTo("out");
    assertThat(ended.job().submittedAt()).isEqualTo(RUNNING.since());
    assertThat(ended.retryable()).isEqualTo(phase == Phase.CANCELLED);
  }

  @Test
  void whatWasCancelledOnRequestIsNotTriedAgain() {
    Decision ask =
        rules.decide(RUNNING, new JobEvent.JobSeen(seen(Phase.IN_PROGRESS, null)), CANCELLED);
    Decision asked =
        rules.decide(RUNNING, new JobEvent.CancelAsked(seen(Phase.IN_PROGRESS, null)), CANCELLED);
    Decision done =
        rules.decide(RUNNING, new JobEvent.JobSeen(seen(Phase.CANCELLED, null)), CANCELLED);

    assertThat(ask.next()).isEqualTo(new JobStep.Cancel("job"));
    assertThat(afterWait(asked)).isEqualTo(new JobStep.Look("job"));
    assertThat(done.write())
        .isInstanceOfSatisfying(Ended.class, ended -> assertThat(ended.retryable()).isFalse());
  }

  @Test
  void whatIsCancelledBeforeItIsCreatedNeverIs() {
    Decision waiting =
        rules.decide(new Sealed(0, T, null, null), new JobEvent.TurnCame(), CANCELLED);
    Decision uploaded =
        rules.decide(new Uploaded(1, T, "file", null), new JobEvent.CreateTurnCame(), CANCELLED);

    assertThat(waiting.write())
        .isInstanceOfSatisfying(
            Ended.class, ended -> assertThat(ended.as()).isEqualTo(JobEnd.As.CANCELLED));
    assertThat(uploaded.chores()).containsExactly(new Chore.DeleteFile("file"));
    assertThat(uploaded.next()).isEqualTo(new JobStep.Finish());
  }

  @Test
  void aFullQueueIsWaitedForHoweverOften() {
    Submitted often = new Submitted(99, T, "file", "job", "validating", null, 0, 0, null);
    SeenJob full = seen(Phase.FAILED, refusal(Kind.QUEUE_FULL));

    Decision decision = rules.decide(often, new JobEvent.JobSeen(full), NOW);

    assertThat(decision.write()).isInstanceOf(Sealed.class);
    assertThat(decision.chores()).containsExactly(new Chore.DeleteFile("file"));
  }

  @Test
  void aFailureThatMayPassIsTriedAgainAFewTimes() {
    SeenJob failed = seen(Phase.FAILED, refusal(Kind.RETRYABLE));
    Submitted last = new Submitted(3, T, "file", "job", "validating", null, 0, 0, null);

    assertThat(rules.decide(RUNNING, new JobEvent.JobSeen(failed), NOW).write())
        .isInstanceOf(Sealed.class);
    Ended ended = ended(last, new JobEvent.JobSeen(failed));
    assertThat(ended.as()).isEqualTo(JobEnd.As.FAILED);
    assertThat(ended.retryable()).isTrue();
  }

  @Test
  void namedLinesFailAndTheRestIsSealedAgain() {
    Refusal named =
        new Refusal(
            Kind.INVALID_INPUT,
            "code",
            "message",
            null,
            List.of(
                new BadLine(3, "bad", "why"),
                new BadLine(3, "bad", "twice"),
                new BadLine(-1, "bad", "no line"),
                new BadLine(10, "bad", "beyond the end")));

    Ended ended = ended(RUNNING, new JobEvent.JobSeen(seen(Phase.FAILED, named)));

    assertThat(ended.badLines()).containsExactly(new BadLine(3, "bad", "why"));
    assertThat(ended.rest()).isEqualTo(Rest.SEALED_AGAIN);
  }

  @Test
  void whatIsSaidOfNamedLinesFitsIntoARecordInAnyLanguage() {
    List<BadLine> lines =
        IntStream.range(0, 1_000)
            .mapToObj(index -> new BadLine(index, "误".repeat(600), "这一行有问题".repeat(200)))
            .toList();
    JobRules large = rules(new CreateRecovery(true, true, SearchKey.MARKER), new Batch(5_000, 0));
    Refusal named = new Refusal(Kind.INVALID_INPUT, "code", "message", null, lines);

    assertThat(large.decide(RUNNING, new JobEvent.JobSeen(seen(Phase.FAILED, named)), NOW).write())
        .isInstanceOfSatisfying(
            Ended.class,
            ended -> {
              assertThat(ended.rest()).isEqualTo(Rest.SEALED_AGAIN);
              assertThat(ended.badLines()).isNotEmpty();
              assertThat(
                      ended.badLines().stream()
                          .mapToInt(line -> (line.code() + line.message()).getBytes(UTF_8).length)
                          .sum())
                  .isLessThan(500_000);
            });
  }

  @Test
  void withoutNamedLinesTheBatchIsHalvedAndOneRequestAloneIsTheBadOne() {
    SeenJob failed = seen(Phase.FAILED, refusal(Kind.INVALID_INPUT));
    JobRules alone = rules(new CreateRecovery(true, true, SearchKey.MARKER), new Batch(1, 5));
    JobRules tooOften = rules(new CreateRecovery(true, true, SearchKey.MARKER), new Batch(10, 8));

    assertThat(ended(RUNNING, new JobEvent.JobSeen(failed)).rest()).isEqualTo(Rest.HALVED);
    assertThat(alone.decide(RUNNING, new JobEvent.JobSeen(failed), NOW).write())
        .isInstanceOfSatisfying(
            Ended.class,
            ended -> {
              assertThat(ended.badLines()).containsExactly(new BadLine(0, "code", "message"));
              assertThat(ended.rest()).isEqualTo(Rest.ENDS);
            });
    assertThat(tooOften.decide(RUNNING, new JobEvent.JobSeen(failed), NOW).write())
        .isInstanceOfSatisfying(
            Ended.class,
            ended -> {
              assertThat(ended.rest()).isEqualTo(Rest.ENDS);
              assertThat(ended.retryable()).isTrue();
            });
  }

  @Test
  void whatFailsTheWholeBatchIsNotLookedForInItsLines() {
    Refusal model = Refusal.of(Kind.REJECTED, "model_not_found", "no such model");

    Ended ended = ended(RUNNING, new JobEvent.JobSeen(seen(Phase.FAILED, model)));

    assertThat(ended.rest()).isEqualTo(Rest.ENDS);
    assertThat(ended.retryable()).isFalse();
    assertThat(ended.problem()).isEqualTo(new Problem("model_not_found", "no such model"));
  }

  @Test
  void aJobThatRunsBeyondItsWindowIsCancelledAndThenGivenUp() {
    JobEvent running = new JobEvent.JobSeen(seen(Phase.IN_PROGRESS, null));
    Moment overdue = new Moment(T.plus(Duration.ofHours(26)), 0, false);
    Moment lost = new Moment(T.plus(Duration.ofHours(29)), 0, false);

    assertThat(rules.decide(RUNNING, running, overdue).next()).isEqualTo(new JobStep.Cancel("job"));
    assertThat(rules.decide(RUNNING, running, lost).write())
        .isInstanceOfSatisfying(
            Ended.class,
            ended -> {
              assertThat(ended.retryable()).isFalse();
              assertThat(ended.problem()).isNotNull();
              assertThat(ended.problem().code()).isEqualTo("job_overdue");
            });
  }

  @Test
  void anIntentIsRenewedWithTheTimeOnly() {
    Moment later = new Moment(T.plusSeconds(60), 0, false);

    assertThat(JobRules.renewed(new Creating(1, T, "file", null), later))
        .isEqualTo(new Creating(1, T.plusSeconds(60), "file", null));
    assertThat(JobRules.renewed(RUNNING, later)).isEqualTo(RUNNING);
  }

  @ParameterizedTest
  @EnumSource(value = Phase.class, mode = Mode.EXCLUDE, names = "FAILED")
  void anEndedJobDoesNothingMore(Phase phase) {
    Ended over = ended(RUNNING, new JobEvent.JobSeen(seen(Phase.COMPLETED, null)));

    assertThat(rules.resume(over, NOW)).isEqualTo(new JobStep.Finish());
    assertThatThrownBy(() -> rules.decide(over, new JobEvent.JobSeen(seen(phase, null)), NOW))
        .isInstanceOf(IllegalStateException.class);
  }
}
