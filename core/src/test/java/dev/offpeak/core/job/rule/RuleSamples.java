package dev.offpeak.core.job.rule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.offpeak.core.job.Decision;
import dev.offpeak.core.job.JobEvent;
import dev.offpeak.core.job.JobState;
import dev.offpeak.core.job.JobState.Ended;
import dev.offpeak.core.job.JobState.Header;
import dev.offpeak.core.job.JobState.Submitted;
import dev.offpeak.core.job.JobStep;
import dev.offpeak.core.job.Moment;
import dev.offpeak.core.provider.CreateRecovery;
import dev.offpeak.core.provider.CreateRecovery.SearchKey;
import dev.offpeak.core.provider.ProviderError;
import dev.offpeak.core.provider.ProviderJob;
import dev.offpeak.core.provider.ProviderJob.Phase;
import dev.offpeak.core.wait.Backoff;
import java.time.Duration;
import java.time.Instant;

/** A batch, its rules and what may happen to it, as the tests of the rules need them. */
final class RuleSamples {

  static final Instant T = Instant.parse("2026-11-24T12:00:00Z");
  static final Moment NOW = new Moment(T, 0.5, false);
  static final Moment CANCELLED = new Moment(T, 0.5, true);
  static final Submitted RUNNING =
      new Submitted(new Header(2, T.minusSeconds(600)), "file", "job", "in_progress", null, 0, 0);

  /** Of a provider whose jobs bear a marker and whose creates can be prevented. */
  static final JobRules RULES =
      rules(new CreateRecovery(true, true, SearchKey.MARKER, Duration.ZERO));

  static JobRules rules(CreateRecovery recovery) {
    return rules(recovery, new Batch(10, 0));
  }

  static JobRules rules(CreateRecovery recovery, Batch batch) {
    return new JobRules(policy(recovery, 3), batch);
  }

  /** With that many tries of an upload or create. */
  static JobPolicy policy(CreateRecovery recovery, int mostAttempts) {
    return new JobPolicy(
        recovery,
        Duration.ofMinutes(2),
        Duration.ofMinutes(1),
        Duration.ofSeconds(10),
        new Backoff(Duration.ofSeconds(1), Duration.ofMinutes(5)),
        new PollPace(Duration.ofSeconds(10), Duration.ofMinutes(5)),
        mostAttempts,
        Duration.ofHours(24),
        Duration.ofMinutes(15),
        Duration.ofHours(2));
  }

  /** A job that was refused has nothing; any other has worked on some of its requests. */
  static ProviderJob seen(Phase phase, ProviderError failure) {
    return phase == Phase.FAILED ? refused(failure) : worked(phase, failure);
  }

  private static ProviderJob refused(ProviderError failure) {
    Phase failed = Phase.FAILED;
    return new ProviderJob(
        "job", failed, failed.name(), T, null, 0, 0, 0, "file", null, "", failure);
  }

  static ProviderJob worked(Phase phase, ProviderError failure) {
    return new ProviderJob(
        "job", phase, phase.name(), T, null, 0, 4, 1, "file", "out", "err", failure);
  }

  static ProviderError refusal(Kind kind) {
    return kind.error("code", "message");
  }

  static JobStep afterWait(Decision decision) {
    assertThat(decision.next()).isInstanceOf(JobStep.Wait.class);
    return ((JobStep.Wait) decision.next()).then();
  }

  static Ended ended(JobState state, JobEvent event) {
    Decision decision = RULES.decide(state, event, NOW);
    assertThat(decision.next()).isInstanceOf(JobStep.Finish.class);
    assertThat(decision.write()).isInstanceOf(Ended.class);
    return (Ended) decision.write();
  }

  private RuleSamples() {}
}
