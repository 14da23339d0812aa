package dev.offpeak.core.job.rule;

import static dev.offpeak.core.job.rule.RuleSamples.NOW;
import static dev.offpeak.core.job.rule.RuleSamples.RULES;
import static dev.offpeak.core.job.rule.RuleSamples.T;
import static dev.offpeak.core.job.rule.RuleSamples.afterWait;
import static dev.offpeak.core.job.rule.RuleSamples.ended;
import static dev.offpeak.core.job.rule.RuleSamples.refusal;
import static dev.offpeak.core.job.rule.RuleSamples.rules;
import static dev.offpeak.core.job.rule.RuleSamples.seen;
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
import dev.offpeak.core.provider.ProviderError;
import dev.offpeak.core.provider.ProviderJob;
import dev.offpeak.core.provider.ProviderJob.Phase;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class JobRulesTest {

  @Test
  void anIntentIsRecordedBeforeEachActThatLeavesSomething() {
    Decision upload =
        RULES.decide(new Sealed(new Header(0, T), null), new JobEvent.TurnCame(), NOW);
    Decision create =
        RULES.decide(new Uploaded(new Header(1, T), "file"), new JobEvent.CreateTurnCame(), NOW);

    assertThat(upload.write()).isEqualTo(new Uploading(new Header(1, T)));
    assertThat(upload.next()).isEqualTo(new JobStep.Upload(1));
    assertThat(create.write()).isEqualTo(new Creating(new Header(1, T), "file"));
    assertThat(create.next()).isEqualTo(new JobStep.Create(1, "file"));
  }

  @Test
  void withoutAnUploadTheCreateIsTheFirstAct() {
    JobRules direct =
        rules(new CreateRecovery(false, false, SearchKey.TIME_AND_COUNT, Duration.ZERO));
    Sealed sealed = new Sealed(new Header(0, T), null);

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
        RULES.decide(
            new Uploading(new Header(1, T)),
            new CallFailed(new JobStep.Upload(1), refusal(kind), 1),
            NOW);

    assertThat(decision.write())
        .isEqualTo(new Uploading(new Header(1, T, new Problem("code", "message"))));
    assertThat(afterWait(decision)).isEqualTo(new JobStep.Upload(1));
  }

  @Test
  void anUploadThatMayHaveHappenedIsLookedFor() {
    Decision decision =
        RULES.decide(
            new Uploading(new Header(1, T)),
            new CallFailed(new JobStep.Upload(1), refusal(Kind.AMBIGUOUS), 1),
            NOW);

    assertThat(afterWait(decision)).isEqualTo(new JobStep.SearchFile(1));
  }

  @Test
  void aPayloadThatIsGoneEndsTheBatch() {
    Ended ended =
        ended(
            new Uploading(new Header(1, T)),
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
        RULES.decide(
            new Creating(new Header(1, T), "file"),
            new CallFailed(new JobStep.Create(1, "file"), refusal(kind), 1),
            NOW);

    assertThat(decision.next())
        .isInstanceOfSatisfying(
            JobStep.AwaitCreate.class,
            wait ->
                assertThat(decision.write())
                    .isEqualTo(
                        new Uploaded(
                            new Header(1, T, new Problem("code", "message")),
                            "file",
                            wait.notBefore())));
  }

  @Test
  void theProvidersOwnWaitIsHonoured() {
    ProviderError busy = new ProviderError.RateLimited("code", "message", Duration.ofMinutes(7));

    Decision decision =
        RULES.decide(
            new Creating(new Header(1, T), "file"),
            new CallFailed(new JobStep.Create(1, "file"), busy, 1),
            NOW);

    assertThat(decision.next())
        .isEqualTo(new JobStep.AwaitCreate(T.plus(Duration.ofSeconds(7 * 60 + 21))));
  }

  @Test
  void aCreateThatMayHaveHappenedIsNeverRepeatedButLookedFor() {
    Creating creating = new Creating(new Header(1, T), "file");
    Decision lost =
        RULES.decide(
            creating,
            new CallFailed(new JobStep.Create(1, "file"), refusal(Kind.AMBIGUOUS), 1),
            NOW);

    assertThat(lost.next()).isEqualTo(search(T, T.plusSeconds(120), false));
    assertThat(RULES.resume(creating, new Moment(T.plusSeconds(5), 0, false)).next())
        .isEqualTo(search(T, T.plusSeconds(120), false));
  }

  private static JobStep.SearchJobs search(Instant since, Instant settled, boolean burnt) {
    return new JobStep.SearchJobs(1, "file", since, settled, burnt);
  }

  @Test
  void whatIsNotFoundInTimeIsBurntAndLookedForOnceMore() {
    Creating creating = new Creating(new Header(1, T), "file");
    JobStep.SearchJobs first = search(T, T.plusSeconds(120), false);
    Moment settled = new Moment(T.plusSeconds(120), 0, false);

    Decision early = RULES.decide(creating, new JobEvent.JobsSearched(first, List.of()), NOW);
    Decision late = RULES.decide(creating, new JobEvent.JobsSearched(first, List.of()), settled);
    Decision burnt = RULES.decide(creating, new JobEvent.FileBurnt(), settled);
    JobStep.SearchJobs last = search(T, T.plusSeconds(180), true);
    Decision gone =
        RULES.decide(
            burnt.write(),
            new JobEvent.JobsSearched(last, List.of()),
            new Moment(T.plusSeconds(180), 0, false));

    assertThat(early).isEqualTo(Decision.stay(new JobStep.Wait(T.plusSeconds(10), first)));
    assertThat(late).isEqualTo(Decision.stay(new JobStep.Burn("file")));
    assertThat(burnt)
        .isEqualTo(
            Decision.write(
                new Creating(new Header(1, T), "file", new Unanswered(T.plusSeconds(180), true)),
                last));
    assertThat(gone.write()).isEqualTo(new Sealed(new Header(1, T.plusSeconds(180)), null));
  }

  @Test
  void theOldestJobThatIsFoundIsTakenAndAYoungerOneCancelled() {
    ProviderJob oldest = seen(Phase.IN_PROGRESS, null);
    ProviderJob younger =
        new ProviderJob("twin", Phase.VALIDATING, "v", T, null, 0, 0, 0, "file", null, null, null);

    Decision decision =
        RULES.decide(
            new Creating(new Header(1, T), "file"),
            new JobEvent.JobsSearched(search(T, T, false), List.of(oldest, younger)),
            NOW);

    assertThat(decision.write())
        .isInstanceOfSatisfying(Submitted.class, job -> assertThat(job.jobId()).isEqualTo("job"));
    assertThat(decision.chores()).containsExactly(new Chore.CancelJob("twin"));
  }

  @Test
  void aJobThatMayBeSomebodyElsesIsQuarantinedUntilItsResultsTell() {
    JobRules direct =
        rules(new CreateRecovery(false, false, SearchKey.TIME_AND_COUNT, Duration.ZERO));
    JobStep.SearchJobs search = new JobStep.SearchJobs(1, null, T, T, false);

    Decision doubt =
        direct.decide(
            new Creating(new Header(1, T), null),
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
    JobRules direct =
        rules(new CreateRecovery(false, false, SearchKey.TIME_AND_COUNT, Duration.ZERO));
    Quarantined doubt = new Quarantined(new Header(1, T, new Problem("doubt", "why")), null, null);
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
  void aJobUnknownByItsIdIsLookedForAmongAllAndNeverCreatedAnew() {
    Quarantined doubt =
        new Quarantined(new Header(1, T, new Problem("doubt", "why")), "file", "wrong");
    JobStep.Look look = new JobStep.Look("wrong");

    JobStep search =
        afterWait(RULES.decide(doubt, new CallFailed(look, refusal(Kind.GONE), 2), NOW));
    assertThat(search).isEqualTo(new JobStep.SearchJobs(1, "file", T, T, false));
    ProviderJob ours = seen(Phase.COMPLETED, null);
    JobEvent found = new JobEvent.JobsSearched((JobStep.SearchJobs) search, List.of(ours));
    JobEvent nothing = new JobEvent.JobsSearched((JobStep.SearchJobs) search, List.of());
    JobStep.Prove prove = new JobStep.Prove(List.of("job"), null);

    assertThat(ended(doubt, found).as()).isEqualTo(JobEnd.As.COMPLETED);
    assertThat(
            rules(new CreateRecovery(false, false, SearchKey.TIME_AND_COUNT, Duration.ZERO))
                .decide(doubt, found, NOW))
        .isEqualTo(Decision.stay(prove));
    assertThat(ended(doubt, new JobEvent.Proved(prove, ours)).as()).isEqualTo(JobEnd.As.COMPLETED);
    assertThat(List.of(nothing, new JobEvent.Proved(prove, null)))
        .allSatisfy(
            event -> {
              Decision decision = RULES.decide(doubt, event, NOW);
              assertThat(decision.write()).isNull();
              assertThat(afterWait(decision)).isEqualTo(look);
            });
  }

  @Test
  void aDoubtThatNothingSettlesEndsWithTheWindowAndIsNotTriedAgain() {
    Quarantined doubt =
        new Quarantined(new Header(1, T, new Problem("doubt", "why")), "file", "job");
    Moment end = new Moment(T.plus(Duration.ofHours(27)), 0, false);

    Decision decision =
        RULES.decide(doubt, new CallFailed(new JobStep.Look("job"), refusal(Kind.GONE), 9), end);

    assertThat(decision.write())
        .isInstanceOfSatisfying(
            Ended.class,
            ended -> {
              assertThat(ended.as()).isEqualTo(JobEnd.As.FAILED);
              assertThat(ended.retryable()).isFalse();
              assertThat(ended.problem()).isEqualTo(doubt.problem());
            });
  }
}
