package dev.offpeak.core.job.rule;

import dev.offpeak.core.job.Decision;
import dev.offpeak.core.job.JobEvent;
import dev.offpeak.core.job.JobState;
import dev.offpeak.core.job.JobState.Creating;
import dev.offpeak.core.job.JobState.Ended;
import dev.offpeak.core.job.JobState.Quarantined;
import dev.offpeak.core.job.JobState.Sealed;
import dev.offpeak.core.job.JobState.Submitted;
import dev.offpeak.core.job.JobState.Uploaded;
import dev.offpeak.core.job.JobState.Uploading;
import dev.offpeak.core.job.JobStep;
import dev.offpeak.core.job.Moment;
import dev.offpeak.core.job.Problem;
import dev.offpeak.core.outcome.FailureCode;
import dev.offpeak.core.outcome.JobEnd;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The life of one batch's job. {@link #decide} says what to record and what to do next; the state
 * changes only by what was recorded, so that reading llm.jobs again gives the same state, from
 * which {@link #resume} goes on.
 */
public final class JobRules {

  private final Submission submission;
  private final Recovery recovery;
  private final Running running;
  private final Doubt doubt;

  /** The rules for a batch. */
  public JobRules(JobPolicy policy, Batch batch) {
    Endings endings = new Endings(policy, batch);
    this.running = new Running(policy, endings);
    this.recovery = new Recovery(policy, endings, running);
    this.submission = new Submission(policy, endings, running, recovery);
    this.doubt = new Doubt(policy, endings, running);
  }

  /**
   * What follows from an event.
   *
   * @throws IllegalStateException when it can't happen in that state
   */
  public Decision decide(JobState state, JobEvent event, Moment at) {
    return switch (state) {
      case Sealed sealed -> submission.sealed(sealed, event, at);
      case Uploading uploading -> submission.uploading(uploading, event, at);
      case Uploaded uploaded -> submission.uploaded(uploaded, event, at);
      case Creating creating when isRecovery(event) -> recovery.creating(creating, event, at);
      case Creating creating -> submission.creating(creating, event, at);
      case Submitted submitted -> running.submitted(submitted, event, at);
      case Quarantined quarantined -> doubt.quarantined(quarantined, event, at);
      case Ended ended -> throw impossible(ended, event);
    };
  }

  /**
   * What a job does that was found in that state: by whom it was left there is not known. A wait
   * that had begun goes on; one that begins now is recorded, so that it does not begin again.
   */
  public Decision resume(JobState state, Moment at) {
    return switch (state) {
      case Sealed sealed -> Decision.stay(new JobStep.AwaitTurn(sealed.notBefore()));
      case Uploading uploading -> Decision.stay(new JobStep.SearchFile(uploading.attempt()));
      case Uploaded uploaded -> Decision.stay(FileReading.resume(uploaded));
      case Creating creating -> recovery.resume(creating, at);
      case Submitted submitted -> Decision.stay(running.resume(submitted, at));
      case Quarantined quarantined -> doubt.resume(quarantined, at);
      case Ended _ -> Decision.stay(new JobStep.Finish());
    };
  }

  /**
   * The end of a batch that can't be worked on, for a reason that lies in its record; null where
   * something of it may run at the provider, which is watched on.
   */
  public @Nullable Decision unprocessable(JobState state, String reason, Moment at) {
    return switch (state) {
      case Sealed _, Uploading _ -> submission.unprocessable(state, null, reason, at);
      case Uploaded uploaded -> submission.unprocessable(state, uploaded.inputFile(), reason, at);
      case Creating _, Submitted _, Quarantined _, Ended _ -> null;
    };
  }

  /**
   * The same intent, made anew: an owner that was held up between recording it and acting on it may
   * have been replaced meanwhile, which recording it again finds out.
   */
  public static JobState renewed(JobState intent, Moment at) {
    return switch (intent) {
      case Uploading(int attempt, _, var problem) -> new Uploading(attempt, at.now(), problem);
      case Creating(int attempt, _, var file, var unanswered, var problem) ->
          new Creating(attempt, at.now(), file, unanswered, problem);
      case Sealed _, Uploaded _, Submitted _, Quarantined _, Ended _ -> intent;
    };
  }

  /** The same state with a reason why nothing is done about it. */
  public static JobState troubled(JobState state, Problem problem) {
    return switch (state) {
      case Sealed(int attempt, var since, var notBefore, _) ->
          new Sealed(attempt, since, notBefore, problem);
      case Uploading(int attempt, var since, _) -> new Uploading(attempt, since, problem);
      case Uploaded(int attempt, var since, var file, var notBefore, _) ->
          new Uploaded(attempt, since, file, notBefore, problem);
      case Creating(int attempt, var since, var file, var unanswered, _) ->
          new Creating(attempt, since, file, unanswered, problem);
      case Submitted submitted -> Running.troubled(submitted, problem);
      case Quarantined(int attempt, var since, var file, var jobId, var settled, _) ->
          new Quarantined(attempt, since, file, jobId, settled, problem);
      case Ended _ -> state;
    };
  }

  /** The same end, when the requests that were to be sealed again can't be read any more. */
  public static Ended withoutRest(Ended ended) {
    return new Ended(
        ended.attempt(),
        ended.since(),
        ended.as(),
        ended.inputFile(),
        ended.job(),
        ended.problem(),
        ended.retryable(),
        ended.badLines(),
        JobState.Rest.ENDS);
  }

  /** The end of a batch whose requests were cancelled before they were sealed into it. */
  public static Ended cancelledBeforeSealing(Instant now) {
    Problem problem =
        new Problem(
            FailureCode.BATCH_CANCELLED.id(), "the request was cancelled before it was submitted");
    return new Ended(
        0, now, JobEnd.As.CANCELLED, null, null, problem, false, List.of(), JobState.Rest.ENDS);
  }

  /** The end of a batch that can't be submitted for a reason that lies in its record. */
  public static Ended unprocessable(Instant now, String reason) {
    Problem problem = new Problem(FailureCode.UNPROCESSABLE_RECORD.id(), reason);
    return new Ended(
        0, now, JobEnd.As.FAILED, null, null, problem, false, List.of(), JobState.Rest.ENDS);
  }

  private static boolean isRecovery(JobEvent event) {
    return switch (event) {
      case JobEvent.JobsSearched _, JobEvent.FileBurnt _ -> true;
      case JobEvent.CallFailed(JobStep step, _, _) -> !(step instanceof JobStep.Create);
      default -> false;
    };
  }

  static IllegalStateException impossible(JobState state, JobEvent event) {
    return new IllegalStateException(event + " can't happen to a job that is " + state);
  }
}
