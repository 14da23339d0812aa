package dev.offpeak.core.job.rule;

import dev.offpeak.core.job.Decision;
import dev.offpeak.core.job.JobEvent;
import dev.offpeak.core.job.JobEvent.CallFailed;
import dev.offpeak.core.job.JobState.Quarantined;
import dev.offpeak.core.job.JobState.Sealed;
import dev.offpeak.core.job.JobStep;
import dev.offpeak.core.job.JobStep.SearchJobs;
import dev.offpeak.core.job.Moment;
import dev.offpeak.core.provider.CreateRecovery.SearchKey;
import dev.offpeak.core.provider.ProviderError;
import dev.offpeak.core.provider.ProviderJob;
import dev.offpeak.core.provider.ProviderJob.Phase;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A job in quarantine: watched until the provider's answer settles the doubt, or the end of its
 * window makes sure that there is nothing to wait for. Never created again while it may run.
 */
final class QuarantineRules {

  private final JobPolicy policy;
  private final JobEndings endings;
  private final RunningRules running;

  QuarantineRules(JobPolicy policy, JobEndings endings, RunningRules running) {
    this.policy = policy;
    this.endings = endings;
    this.running = running;
  }

  /**
   * How it is watched by a new owner: as before. Of a doubt that does not say until when a job may
   * show, the create may have been sent a moment ago.
   */
  Decision resume(Quarantined state, Moment at) {
    if (state.jobId() != null || state.settled() != null) {
      return Decision.stay(watch(state));
    }
    Quarantined dated =
        new Quarantined(
            state.header(),
            state.inputFile(),
            null,
            at.now().plus(policy.settle()).plus(policy.showing()));
    return Decision.write(dated, watch(dated));
  }

  private static JobStep watch(Quarantined state) {
    Instant settled = state.settled() == null ? state.since() : state.settled();
    return state.jobId() == null
        ? new SearchJobs(state.attempt(), state.inputFile(), state.since(), settled, false)
        : new JobStep.Look(state.jobId());
  }

  Decision quarantined(Quarantined state, JobEvent event, Moment at) {
    JobOrigin origin = new JobOrigin(state.attempt(), state.inputFile(), state.since());
    return switch (event) {
      case JobEvent.JobSeen(ProviderJob job) -> running.found(origin, job, at);
      case JobEvent.Proved(_, @Nullable ProviderJob ours) when ours != null ->
          running.found(origin, ours, at);
      case JobEvent.Proved(JobStep.Prove(_, @Nullable SearchJobs again), _) when again != null ->
          Decision.stay(new JobStep.Wait(at.now().plus(policy.searchEvery()), again));
      case JobEvent.Proved _ when state.jobId() != null ->
          watchOn(state, origin, watch(state), at.now().plus(policy.searchEvery()), at);
      case JobEvent.Proved _ -> anew(state, at);
      case JobEvent.SettledByHand(@Nullable String jobId) when jobId != null ->
          Decision.write(
              new Quarantined(state.header(), state.inputFile(), jobId), new JobStep.Look(jobId));
      case JobEvent.SettledByHand _ -> anew(state, at);
      case JobEvent.JobsSearched(_, List<ProviderJob> found) when isKnownBetter(state, found) ->
          running.found(origin, found.getFirst(), at);
      case JobEvent.JobsSearched(SearchJobs step, List<ProviderJob> found)
          when !found.isEmpty() && found.stream().allMatch(job -> job.phase().isFinal()) ->
          Decision.stay(
              new JobStep.Prove(
                  found.stream().map(ProviderJob::id).toList(),
                  at.now().isBefore(step.settled()) ? step : null));
      case JobEvent.JobsSearched(SearchJobs step, List<ProviderJob> found) ->
          watchOn(
              state,
              origin,
              found.isEmpty() && state.jobId() != null ? watch(state) : step,
              running.soon(Phase.IN_PROGRESS, state.since(), at),
              at);
      case CallFailed(JobStep step, var why, int inARow) ->
          watchOn(state, origin, afterFailed(step, why, state), policy.again(why, inARow, at), at);
      default -> throw event.impossibleIn(state);
    };
  }

  private Decision anew(Quarantined state, Moment at) {
    if (!endings.mayTryAgain(state.attempt())) {
      JobOrigin origin = new JobOrigin(state.attempt(), state.inputFile(), state.since());
      return endings.exhausted(origin, state.problem(), at);
    }
    return Decision.write(
        new Sealed(state.header().from(at.now()), null), new JobStep.AwaitTurn(null));
  }

  /** Whether a job that bears our marker is there under an id that says more than ours. */
  private boolean isKnownBetter(Quarantined state, List<ProviderJob> found) {
    return state.jobId() != null
        && policy.recovery().key() == SearchKey.MARKER
        && !found.isEmpty()
        && (found.getFirst().phase().isFinal() || !found.getFirst().id().equals(state.jobId()));
  }

  /**
   * What could not be proved is searched for again, as late as it was. A job that its provider does
   * not know by its id is looked for among all: the id may have been wrong from the first.
   */
  private static JobStep afterFailed(JobStep step, ProviderError why, Quarantined state) {
    return switch (step) {
      case JobStep.Look _ when why instanceof ProviderError.Gone ->
          new SearchJobs(state.attempt(), state.inputFile(), state.since(), state.since(), false);
      case SearchJobs search -> search;
      case JobStep.Prove(_, @Nullable SearchJobs again) when again != null -> again;
      default -> watch(state);
    };
  }

  private Decision watchOn(
      Quarantined state, JobOrigin origin, JobStep next, Instant again, Moment at) {
    Instant end = state.since().plus(policy.window()).plus(policy.overdue());
    return at.now().isAfter(end)
        ? endings.givenUp(origin, state.jobId(), "unknown", state.problem(), at)
        : Decision.stay(new JobStep.Wait(again, next));
  }
}
