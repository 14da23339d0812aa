package dev.offpeak.core.job.rule;

import dev.offpeak.core.job.Chore;
import dev.offpeak.core.job.Decision;
import dev.offpeak.core.job.JobEvent;
import dev.offpeak.core.job.JobEvent.CallFailed;
import dev.offpeak.core.job.JobState.Header;
import dev.offpeak.core.job.JobState.Quarantined;
import dev.offpeak.core.job.JobState.Submitted;
import dev.offpeak.core.job.JobStep;
import dev.offpeak.core.job.Moment;
import dev.offpeak.core.job.Problem;
import dev.offpeak.core.outcome.FailureCode;
import dev.offpeak.core.provider.ProviderError;
import dev.offpeak.core.provider.ProviderJob;
import dev.offpeak.core.provider.ProviderJob.Phase;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A job that its provider has. */
final class RunningRules {

  /** Failed looks before that is worth a record: one alone is nothing. */
  private static final int NOTED_FROM = 2;

  private final JobPolicy policy;
  private final JobEndings endings;

  RunningRules(JobPolicy policy, JobEndings endings) {
    this.policy = policy;
    this.endings = endings;
  }

  /** The job is there, from a create or from a search. */
  Decision found(JobOrigin origin, ProviderJob job, Moment at) {
    if (job.phase().isFinal()) {
      return endings.byProvider(origin, job, at);
    }
    return Decision.write(
        new Submitted(
            new Header(origin.attempt(), origin.submitted(), oddness(job)),
            origin.inputFile(),
            job.id(),
            job.status(),
            job.expiresAt(),
            job.succeeded(),
            job.failed()),
        lookLater(job.id(), job.phase(), origin.submitted(), at));
  }

  /** The first look of a new owner: soon, but not at all jobs at the same moment. */
  JobStep resume(Submitted state, Moment at) {
    Instant next = soon(Phase.IN_PROGRESS, state.since(), at);
    Duration share = Duration.between(at.now(), next);
    Instant first = at.now().plusNanos((long) (share.toNanos() * at.chance()));
    return new JobStep.Wait(first, new JobStep.Look(state.jobId()));
  }

  Decision submitted(Submitted state, JobEvent event, Moment at) {
    return switch (event) {
      case JobEvent.JobSeen(ProviderJob job) -> seen(state, job, true, at);
      case JobEvent.CancelAsked(ProviderJob job) -> seen(state, job, false, at);
      case CallFailed failure -> failed(state, failure, at);
      default -> throw event.impossibleIn(state);
    };
  }

  private Decision seen(Submitted state, ProviderJob job, boolean mayCancel, Moment at) {
    if (job.phase().isFinal()) {
      return endings.byProvider(origin(state), job, at);
    }
    Instant end = windowEnd(state);
    if (isBeyondHope(state, at)) {
      return stuck(state, job, end, at);
    }
    boolean overdue = at.now().isAfter(end.plus(policy.overdue()));
    JobStep next =
        mayCancel && job.phase() != Phase.CANCELLING && (at.cancelWanted() || overdue)
            ? new JobStep.Cancel(state.jobId())
            : lookLater(state.jobId(), job.phase(), state.since(), at);
    Submitted now =
        new Submitted(
            state.header().because(overdue ? overdueBy(job, end) : oddness(job)),
            state.inputFile(),
            state.jobId(),
            job.status(),
            job.expiresAt() == null ? state.expiresAt() : job.expiresAt(),
            job.succeeded(),
            job.failed());
    return now.equals(state) ? Decision.stay(next) : Decision.write(now, next);
  }

  /** What is odd about a job that has not ended, such as a status that nobody knows. */
  private static @Nullable Problem oddness(ProviderJob job) {
    return job.failure() == null ? null : Problem.of(job.failure());
  }

  private Decision stuck(Submitted state, ProviderJob job, Instant end, Moment at) {
    return endings.givenUp(origin(state), state.jobId(), job.status(), overdueBy(job, end), at);
  }

  private static Problem overdueBy(ProviderJob job, Instant end) {
    return new Problem(
        FailureCode.JOB_OVERDUE.id(),
        "the provider still calls the job " + job.status() + ", though its window ended at " + end);
  }

  private Decision failed(Submitted state, CallFailed failure, Moment at) {
    ProviderError why = failure.why();
    Instant again = policy.again(why, failure.inARow(), at);
    JobStep next = new JobStep.Wait(again, new JobStep.Look(state.jobId()));
    boolean vanished =
        why instanceof ProviderError.Gone
            && Duration.between(state.since(), at.now()).compareTo(policy.vanishing()) > 0;
    if (vanished && failure.inARow() >= NOTED_FROM) {
      Problem doubt =
          new Problem(
              FailureCode.JOB_VANISHED.id(),
              "the provider no longer knows the job: " + why.message());
      return Decision.write(
          new Quarantined(state.header().because(doubt), state.inputFile(), state.jobId()), next);
    }
    if (isBeyondHope(state, at) && !(why instanceof ProviderError.AccountProblem)) {
      Problem unseen =
          new Problem(
              FailureCode.JOB_OVERDUE.id(),
              "the job can't be looked at, long after its window: " + why.message());
      return endings.givenUp(origin(state), state.jobId(), state.status(), unseen, at);
    }
    boolean worthIt = failure.inARow() >= NOTED_FROM || why instanceof ProviderError.AccountProblem;
    return worthIt && NoteworthyProblems.changes(state.problem(), why)
        ? Decision.write(state.troubled(Problem.of(why)), next)
        : Decision.stay(next);
  }

  /** The provider's word counts, where it is one that a window can have. */
  private Instant windowEnd(Submitted state) {
    Instant usual = state.since().plus(policy.window());
    Instant said = state.expiresAt();
    if (said == null) {
      return usual;
    }
    boolean isPlausible = said.isAfter(state.since()) && said.isBefore(usual.plus(policy.window()));
    return isPlausible ? said : usual;
  }

  private boolean isBeyondHope(Submitted state, Moment at) {
    return at.now().isAfter(windowEnd(state).plus(policy.overdue().multipliedBy(2)));
  }

  private static JobOrigin origin(Submitted state) {
    return new JobOrigin(state.attempt(), state.inputFile(), state.since());
  }

  Instant soon(Phase phase, Instant submitted, Moment at) {
    return policy.pace().next(phase, submitted, at);
  }

  private JobStep lookLater(String jobId, Phase phase, Instant submitted, Moment at) {
    return new JobStep.Wait(soon(phase, submitted, at), new JobStep.Look(jobId));
  }

  static List<Chore> join(List<Chore> some, List<Chore> others) {
    return Stream.concat(some.stream(), others.stream()).toList();
  }
}
