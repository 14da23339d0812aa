package dev.offpeak.core.job.rule;

import dev.offpeak.core.job.Chore;
import dev.offpeak.core.job.Decision;
import dev.offpeak.core.job.JobEvent;
import dev.offpeak.core.job.JobState.Creating;
import dev.offpeak.core.job.JobState.Quarantined;
import dev.offpeak.core.job.JobState.Sealed;
import dev.offpeak.core.job.JobState.Unanswered;
import dev.offpeak.core.job.JobStep;
import dev.offpeak.core.job.JobStep.SearchJobs;
import dev.offpeak.core.job.Moment;
import dev.offpeak.core.job.Problem;
import dev.offpeak.core.outcome.FailureCode;
import dev.offpeak.core.provider.CreateRecovery.SearchKey;
import dev.offpeak.core.provider.ProviderError;
import dev.offpeak.core.provider.ProviderJob;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * After a create whose answer is not known. It is never repeated; its job is searched:
 *
 * <ol>
 *   <li>until it must have shown if the create took effect ({@link JobPolicy#settle}),
 *   <li>then the input file is deleted, so that a create that is still under way can't succeed,
 *   <li>and once more, until a job made in the last moment must have shown ({@link
 *       JobPolicy#showing}).
 * </ol>
 *
 * Only when all that has found nothing the batch is submitted anew, with a new file.
 */
final class RecoveryRules {

  /** Deletions of an input file that may fail before its create is waited out instead. */
  private static final int MOST_BURNS = 10;

  private final JobPolicy policy;
  private final JobEndings endings;
  private final RunningRules running;

  RecoveryRules(JobPolicy policy, JobEndings endings, RunningRules running) {
    this.policy = policy;
    this.endings = endings;
    this.running = running;
  }

  /** The answer got lost. */
  Decision begin(Creating state, ProviderError why, Moment at) {
    return doubted(state, new Unanswered(settled(at.now()), false), Problem.of(why));
  }

  /**
   * The owner got lost. Where a late create can't be prevented the doubt begins with the first
   * owner that finds it, and goes on with the next.
   */
  Decision resume(Creating state, Moment at) {
    Unanswered known = state.doubt();
    if (known != null) {
      return Decision.stay(search(state, known));
    }
    Instant began = policy.recovery().burnable() ? state.since() : at.now();
    Problem problem =
        new Problem(
            FailureCode.CREATE_IN_DOUBT.id(),
            "the submitter was stopped during the create, whose job may still show");
    return doubted(state, new Unanswered(settled(began), false), problem);
  }

  private static Decision doubted(Creating state, Unanswered doubt, @Nullable Problem problem) {
    return Decision.write(
        new Creating(state.header().because(problem), state.inputFile(), doubt),
        search(state, doubt));
  }

  /** What is burnt later shows until then; what can't be burnt may take effect, and then show. */
  private Instant settled(Instant began) {
    Instant effective = began.plus(policy.settle());
    return policy.recovery().burnable() ? effective : effective.plus(policy.showing());
  }

  private static SearchJobs search(Creating state, Unanswered doubt) {
    return new SearchJobs(
        state.attempt(), state.inputFile(), state.since(), doubt.settled(), doubt.burnt());
  }

  Decision creating(Creating state, JobEvent event, Moment at) {
    return switch (event) {
      case JobEvent.JobsSearched(SearchJobs step, List<ProviderJob> found) when !found.isEmpty() ->
          policy.recovery().key() == SearchKey.MARKER
              ? adopt(state, found, at)
              : quarantine(state, step, found, at);
      case JobEvent.JobsSearched(SearchJobs step, _) -> nothingFound(state, step, at);
      case JobEvent.FileBurnt _ ->
          doubted(state, new Unanswered(at.now().plus(policy.showing()), true), state.problem());
      case JobEvent.CallFailed failure -> failed(state, failure, at);
      default -> throw event.impossibleIn(state);
    };
  }

  private Decision failed(Creating state, JobEvent.CallFailed failure, Moment at) {
    ProviderError why = failure.why();
    if (failure.step() instanceof JobStep.Burn && failure.inARow() >= MOST_BURNS) {
      Instant settled = at.now().plus(policy.settle()).plus(policy.showing());
      return doubted(state, new Unanswered(settled, true), Problem.of(why));
    }
    Instant end = state.since().plus(policy.window()).plus(policy.overdue());
    if (at.now().isAfter(end) && !(why instanceof ProviderError.AccountProblem)) {
      Problem unknown =
          new Problem(
              FailureCode.CREATE_IN_DOUBT.id(),
              "nobody could find out whether there is a job: " + why.message());
      return endings.givenUp(origin(state), null, "unknown", unknown, at);
    }
    JobStep again = new JobStep.Wait(policy.again(why, failure.inARow(), at), failure.step());
    return NoteworthyProblems.changes(state.problem(), why)
        ? Decision.write(state.troubled(Problem.of(why)), again)
        : Decision.stay(again);
  }

  private static JobOrigin origin(Creating state) {
    return new JobOrigin(state.attempt(), state.inputFile(), state.since());
  }

  /** The oldest is taken; a younger one of the same name must not run. */
  private Decision adopt(Creating state, List<ProviderJob> found, Moment at) {
    Chore[] younger =
        found.stream()
            .skip(1)
            .filter(job -> !job.phase().isFinal())
            .map(job -> new Chore.CancelJob(job.id()))
            .toArray(Chore[]::new);
    JobOrigin origin = new JobOrigin(state.attempt(), state.inputFile(), at.now());
    Decision adopted = running.found(origin, found.getFirst(), at);
    return new Decision(
        adopted.write(), adopted.next(), RunningRules.join(adopted.chores(), List.of(younger)));
  }

  /** None of them may be ours, so what is still to show is waited for as before. */
  private Decision quarantine(Creating state, SearchJobs step, List<ProviderJob> found, Moment at) {
    String ids = found.stream().map(ProviderJob::id).collect(Collectors.joining(", "));
    Problem doubt =
        new Problem(
            FailureCode.CREATE_IN_DOUBT.id(),
            "the create got no answer, and by time and size its job may be "
                + ids
                + "; the ids in the results will tell");
    return Decision.write(
        new Quarantined(state.header().because(doubt), null, null, step.settled()),
        new JobStep.Wait(running.soon(found.getFirst().phase(), state.since(), at), step));
  }

  private Decision nothingFound(Creating state, SearchJobs step, Moment at) {
    if (at.now().isBefore(step.settled())) {
      Instant again = at.now().plus(policy.searchEvery());
      Instant until = again.isBefore(step.settled()) ? again : step.settled();
      return Decision.stay(new JobStep.Wait(until, step));
    }
    String file = state.inputFile();
    if (policy.recovery().burnable() && file != null && !step.burnt()) {
      return Decision.stay(new JobStep.Burn(file));
    }
    if (!endings.mayTryAgain(state.attempt())) {
      return endings.exhausted(origin(state), neverAnswered(state.problem()), at);
    }
    return Decision.write(
        new Sealed(state.header().from(at.now()), null), new JobStep.AwaitTurn(null));
  }

  /** That none of many creates took effect is known; why they were not answered may be. */
  private static Problem neverAnswered(@Nullable Problem last) {
    return new Problem(
        FailureCode.BATCH_FAILED.id(),
        "no create was answered, and none took effect"
            + (last == null ? "" : "; the last one: " + last.message()));
  }
}
