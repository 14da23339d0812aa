package dev.offpeak.core.job.rule;

import dev.offpeak.core.job.Decision;
import dev.offpeak.core.job.JobEvent;
import dev.offpeak.core.job.JobEvent.CallFailed;
import dev.offpeak.core.job.JobState.Creating;
import dev.offpeak.core.job.JobState.Sealed;
import dev.offpeak.core.job.JobState.Uploaded;
import dev.offpeak.core.job.JobState.Uploading;
import dev.offpeak.core.job.JobStep;
import dev.offpeak.core.job.Moment;
import dev.offpeak.core.job.Problem;
import dev.offpeak.core.job.Refusal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** From sealed to submitted, as long as every answer is clear. */
final class Submission {

  private final JobPolicy policy;
  private final Endings endings;
  private final Running running;
  private final Recovery recovery;

  Submission(JobPolicy policy, Endings endings, Running running, Recovery recovery) {
    this.policy = policy;
    this.endings = endings;
    this.running = running;
    this.recovery = recovery;
  }

  Decision sealed(Sealed state, JobEvent event, Moment at) {
    Origin origin = new Origin(state.attempt(), null, state.since());
    int attempt = state.attempt() + 1;
    return switch (event) {
      case CallFailed(_, Refusal why, _) -> endings.refused(origin, why, at);
      case JobEvent.TurnCame _, JobEvent.CreateTurnCame _ when at.cancelWanted() ->
          endings.cancelled(origin, at);
      case JobEvent.TurnCame _ when policy.recovery().uploadsFirst() ->
          Decision.write(new Uploading(attempt, at.now(), null), new JobStep.Upload(attempt));
      case JobEvent.TurnCame _ -> Decision.stay(new JobStep.AwaitCreate(null));
      case JobEvent.CreateTurnCame _ ->
          Decision.write(
              new Creating(attempt, at.now(), null, null), new JobStep.Create(attempt, null));
      default -> throw JobRules.impossible(state, event);
    };
  }

  Decision uploading(Uploading state, JobEvent event, Moment at) {
    int attempt = state.attempt();
    return switch (event) {
      case JobEvent.FileUploaded(String file) -> uploaded(attempt, file, null, null, at);
      case JobEvent.FileSearched(@Nullable String file) when file != null ->
          uploaded(attempt, file, null, null, at);
      case JobEvent.FileSearched _ ->
          Decision.write(new Uploading(attempt, at.now(), null), new JobStep.Upload(attempt));
      case CallFailed failure -> uploadFailed(state, failure, at);
      default -> throw JobRules.impossible(state, event);
    };
  }

  private Decision uploadFailed(Uploading state, CallFailed failure, Moment at) {
    Refusal why = failure.refusal();
    Instant again = policy.waits().after(why, failure.inARow(), at);
    JobStep search = new JobStep.SearchFile(state.attempt());
    if (failure.step() instanceof JobStep.SearchFile) {
      return noted(state, why, new JobStep.Wait(again, search));
    }
    Origin origin = new Origin(state.attempt(), null, state.since());
    return switch (why.kind()) {
      case AMBIGUOUS -> noted(state, why, new JobStep.Wait(again, search));
      case RETRYABLE, RATE_LIMITED, QUEUE_FULL, ACCOUNT, PAYLOAD_UNREADABLE ->
          at.cancelWanted()
              ? endings.cancelled(origin, at)
              : noted(state, why, new JobStep.Wait(again, new JobStep.Upload(state.attempt())));
      case PAYLOAD_EXPIRED, REJECTED, INVALID_INPUT, GONE -> endings.refused(origin, why, at);
    };
  }

  private static Decision noted(Uploading state, Refusal why, JobStep next) {
    return Notes.changes(state.problem(), why)
        ? Decision.write(new Uploading(state.attempt(), state.since(), why.problem()), next)
        : Decision.stay(next);
  }

  private static Decision uploaded(
      int attempt, String file, @Nullable Problem problem, @Nullable Instant again, Moment at) {
    return Decision.write(
        new Uploaded(attempt, at.now(), file, problem), new JobStep.AwaitCreate(again));
  }

  Decision uploaded(Uploaded state, JobEvent event, Moment at) {
    return switch (event) {
      case JobEvent.CreateTurnCame _ when at.cancelWanted() ->
          endings.cancelled(new Origin(state.attempt(), state.inputFile(), state.since()), at);
      case JobEvent.CreateTurnCame _ ->
          Decision.write(
              new Creating(state.attempt(), at.now(), state.inputFile(), null),
              new JobStep.Create(state.attempt(), state.inputFile()));
      default -> throw JobRules.impossible(state, event);
    };
  }

  Decision creating(Creating state, JobEvent event, Moment at) {
    return switch (event) {
      case JobEvent.JobCreated(var job) ->
          running.found(new Origin(state.attempt(), state.inputFile(), at.now()), job, at);
      case CallFailed failure -> createFailed(state, failure, at);
      default -> throw JobRules.impossible(state, event);
    };
  }

  private Decision createFailed(Creating state, CallFailed failure, Moment at) {
    Refusal why = failure.refusal();
    String file = state.inputFile();
    Origin origin = new Origin(state.attempt(), file, state.since());
    return switch (why.kind()) {
      case AMBIGUOUS -> recovery.begin(state, why, at);
      case RETRYABLE, RATE_LIMITED, QUEUE_FULL, ACCOUNT, PAYLOAD_UNREADABLE -> {
        Instant again = policy.waits().after(why, failure.inARow(), at);
        yield file == null
            ? endings.again(state.attempt(), null, why, at)
            : uploaded(state.attempt(), file, why.problem(), again, at);
      }
      case GONE -> endings.again(state.attempt(), null, why, at);
      case INVALID_INPUT -> endings.invalid(origin, null, why, at);
      case PAYLOAD_EXPIRED, REJECTED -> endings.refused(origin, why, at);
    };
  }
}
