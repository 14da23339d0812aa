package dev.offpeak.core.job.rule;

import static dev.offpeak.core.job.rule.RuleSamples.CANCELLED;
import static dev.offpeak.core.job.rule.RuleSamples.NOW;
import static dev.offpeak.core.job.rule.RuleSamples.RULES;
import static dev.offpeak.core.job.rule.RuleSamples.RUNNING;
import static dev.offpeak.core.job.rule.RuleSamples.T;
import static dev.offpeak.core.job.rule.RuleSamples.afterWait;
import static dev.offpeak.core.job.rule.RuleSamples.ended;
import static dev.offpeak.core.job.rule.RuleSamples.refusal;
import static dev.offpeak.core.job.rule.RuleSamples.rules;
import static dev.offpeak.core.job.rule.RuleSamples.seen;
import static dev.offpeak.core.job.rule.RuleSamples.worked;
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
import dev.offpeak.core.job.JobState.Header;
import dev.offpeak.core.job.JobState.Quarantined;
import dev.offpeak.core.job.JobState.Rest;
import dev.offpeak.core.job.JobState.Sealed;
import dev.offpeak.core.job.JobState.Submitted;
import dev.offpeak.core.job.JobState.Uploaded;
import dev.offpeak.core.job.JobStep;
import dev.offpeak.core.job.Moment;
import dev.offpeak.core.job.Problem;
import dev.offpeak.core.outcome.JobEnd;
import dev.offpeak.core.provider.CreateRecovery;
import dev.offpeak.core.provider.CreateRecovery.SearchKey;
import dev.offpeak.core.provider.ProviderError;
import dev.offpeak.core.provider.ProviderError.BadLine;
import dev.offpeak.core.provider.ProviderJob;
import dev.offpeak.core.provider.ProviderJob.Phase;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

class RunningRulesTest {

  @Test
  void aRunningJobIsRecordedWhenItHasMovedAndLookedAtLater() {
    Decision moved =
        RULES.decide(RUNNING, new JobEvent.JobSeen(seen(Phase.IN_PROGRESS, null)), NOW);
    assertThat(moved.write())
        .isInstanceOfSatisfying(Submitted.class, job -> assertThat(job.done()).isEqualTo(4));
    assertThat(moved.next())
        .isEqualTo(new JobStep.Wait(T.plusSeconds(60), new JobStep.Look("job")));

    Decision same =
        RULES.decide(moved.write(), new JobEvent.JobSeen(seen(Phase.IN_PROGRESS, null)), NOW);

    assertThat(same.write()).isNull();
  }

  @Test
  void oneFailedLookIsNothingAndSeveralAreToldOf() {
    CallFailed first = new CallFailed(new JobStep.Look("job"), refusal(Kind.RETRYABLE), 1);
    CallFailed second = new CallFailed(new JobStep.Look("job"), refusal(Kind.RETRYABLE), 2);

    assertThat(RULES.decide(RUNNING, first, NOW).write()).isNull();
    assertThat(RULES.decide(RUNNING, second, NOW).write())
        .extracting(JobState::problem)
        .isEqualTo(new Problem("code", "message"));
  }

  @Test
  void aJobThatItsProviderNoLongerKnowsIsQuarantinedAfterAWhile() {
    CallFailed gone = new CallFailed(new JobStep.Look("job"), refusal(Kind.GONE), 2);

    Decision soon = RULES.decide(RUNNING, gone, NOW);
    Decision later = RULES.decide(RUNNING, gone, new Moment(T.plusSeconds(600), 0, false));

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
        RULES.decide(RUNNING, new JobEvent.JobSeen(seen(Phase.IN_PROGRESS, null)), CANCELLED);
    Decision asked =
        RULES.decide(RUNNING, new JobEvent.CancelAsked(seen(Phase.IN_PROGRESS, null)), CANCELLED);
    Decision done =
        RULES.decide(RUNNING, new JobEvent.JobSeen(seen(Phase.CANCELLED, null)), CANCELLED);

    assertThat(ask.next()).isEqualTo(new JobStep.Cancel("job"));
    assertThat(afterWait(asked)).isEqualTo(new JobStep.Look("job"));
    assertThat(done.write())
        .isInstanceOfSatisfying(Ended.class, ended -> assertThat(ended.retryable()).isFalse());
  }

  @Test
  void whatIsCancelledBeforeItIsCreatedNeverIs() {
    Decision waiting =
        RULES.decide(new Sealed(new Header(0, T), null), new JobEvent.TurnCame(), CANCELLED);
    Decision uploaded =
        RULES.decide(
            new Uploaded(new Header(1, T), "file"), new JobEvent.CreateTurnCame(), CANCELLED);

    assertThat(waiting.write())
        .isInstanceOfSatisfying(
            Ended.class, ended -> assertThat(ended.as()).isEqualTo(JobEnd.As.CANCELLED));
    assertThat(uploaded.chores()).containsExactly(new Chore.DeleteFile("file"));
    assertThat(uploaded.next()).isEqualTo(new JobStep.Finish());
  }

  /** What is paid is read, and never executed again. */
  @ParameterizedTest
  @EnumSource(Kind.class)
  void aJobThatFailedInTheMiddleOfItsWorkIsReadAndNotBegunAgain(Kind kind) {
    Ended ended = ended(RUNNING, new JobEvent.JobSeen(worked(Phase.FAILED, refusal(kind))));

    assertThat(ended.rest()).isEqualTo(Rest.ENDS);
    assertThat(ended.retryable()).isFalse();
    assertThat(ended.badLines()).isEmpty();
    assertThat(ended.job()).isNotNull();
    assertThat(ended.job().outputFile()).isEqualTo("out");
  }

  @Test
  void aFullQueueIsWaitedForHoweverOften() {
    Submitted often = new Submitted(new Header(99, T), "file", "job", "validating", null, 0, 0);
    ProviderJob full = seen(Phase.FAILED, refusal(Kind.QUEUE_FULL));

    Decision decision = RULES.decide(often, new JobEvent.JobSeen(full), NOW);

    assertThat(decision.write()).isInstanceOf(Sealed.class);
    assertThat(decision.chores()).containsExactly(new Chore.DeleteFile("file"));
  }

  @Test
  void aFailureThatMayPassIsTriedAgainAFewTimes() {
    ProviderJob failed = seen(Phase.FAILED, refusal(Kind.RETRYABLE));
    Submitted last = new Submitted(new Header(3, T), "file", "job", "validating", null, 0, 0);

    assertThat(RULES.decide(RUNNING, new JobEvent.JobSeen(failed), NOW).write())
        .isInstanceOf(Sealed.class);
    Ended ended = ended(last, new JobEvent.JobSeen(failed));
    assertThat(ended.as()).isEqualTo(JobEnd.As.FAILED);
    assertThat(ended.retryable()).isTrue();
  }

  @Test
  void namedLinesFailAndTheRestIsSealedAgain() {
    ProviderError named =
        new ProviderError.InvalidLines(
            "code",
            "message",
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
    JobRules large =
        rules(new CreateRecovery(true, true, SearchKey.MARKER, Duration.ZERO), new Batch(5_000, 0));
    ProviderError named = new ProviderError.InvalidLines("code", "message", lines);

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
    ProviderJob failed = seen(Phase.FAILED, refusal(Kind.INVALID_INPUT));
    JobRules alone =
        rules(new CreateRecovery(true, true, SearchKey.MARKER, Duration.ZERO), new Batch(1, 5));
    JobRules tooOften =
        rules(new CreateRecovery(true, true, SearchKey.MARKER, Duration.ZERO), new Batch(10, 8));

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
    ProviderError model = Kind.REJECTED.error("model_not_found", "no such model");

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

    assertThat(RULES.decide(RUNNING, running, overdue).next()).isEqualTo(new JobStep.Cancel("job"));
    assertThat(RULES.decide(RUNNING, running, lost).write())
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
    Instant later = T.plusSeconds(60);

    assertThat(new Creating(new Header(1, T), "file").renewed(later))
        .isEqualTo(new Creating(new Header(1, later), "file"));
    assertThat(RUNNING.renewed(later)).isEqualTo(RUNNING);
  }

  @ParameterizedTest
  @EnumSource(value = Phase.class, mode = Mode.EXCLUDE, names = "FAILED")
  void anEndedJobDoesNothingMore(Phase phase) {
    Ended over = ended(RUNNING, new JobEvent.JobSeen(seen(Phase.COMPLETED, null)));

    assertThat(RULES.resume(over, NOW)).isEqualTo(Decision.stay(new JobStep.Finish()));
    assertThatThrownBy(() -> RULES.decide(over, new JobEvent.JobSeen(seen(phase, null)), NOW))
        .isInstanceOf(IllegalStateException.class);
  }
}
