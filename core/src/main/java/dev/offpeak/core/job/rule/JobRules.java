package dev.offpeak.core.job.rule;

import dev.offpeak.core.job.Decision;
import dev.offpeak.core.job.JobEvent;
import dev.offpeak.core.job.JobMove;
import dev.offpeak.core.job.JobState;
import dev.offpeak.core.job.JobState.Creating;
import dev.offpeak.core.job.JobState.Ended;
import dev.offpeak.core.job.JobState.Header;
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

  private final SubmissionRules submission;
  private final RecoveryRules recovery;
  private final RunningRules running;
  private final QuarantineRules doubt;

  /** The rules for a batch. */
  public JobRules(JobPolicy policy, Batch batch) {
    JobEndings endings = new JobEndings(policy, batch);
    this.running = new RunningRules(policy, endings);
    this.recovery = new RecoveryRules(policy, endings, running);
    this.submission = new SubmissionRules(policy, endings, running, recovery);
    this.doubt = new QuarantineRules(policy, endings, running);
  }

  /**
   * What follows from an event.
   *
   * @throws IllegalStateException when it can't happen in that state
   */
  public Decision decide(JobState state, JobEvent event, Moment at) {
    return checked(state, decided(state, event, at));
  }

  private Decision decided(JobState state, JobEvent event, Moment at) {
    return switch (state) {
      case Sealed sealed -> submission.sealed(sealed, event, at);
      case Uploading uploading -> submission.uploading(uploading, event, at);
      case Uploaded uploaded -> submission.uploaded(uploaded, event, at);
      case Creating creating when isRecovery(event) -> recovery.creating(creating, event, at);
      case Creating creating -> submission.creating(creating, event, at);
      case Submitted submitted -> running.submitted(submitted, event, at);
      case Quarantined quarantined -> doubt.quarantined(quarantined, event, at);
      case Ended ended -> throw event.impossibleIn(ended);
    };
  }

  /**
   * What a job does that was found in that state: by whom it was left there is not known. A wait
   * that had begun goes on; one that begins now is recorded, so that it does not begin again.
   */
  public Decision resume(JobState state, Moment at) {
    return checked(state, resumed(state, at));
  }

  private Decision resumed(JobState state, Moment at) {
    return switch (state) {
      case Sealed sealed -> Decision.stay(new JobStep.AwaitTurn(sealed.notBefore()));
      case Uploading uploading -> Decision.stay(new JobStep.SearchFile(uploading.attempt()));
      case Uploaded uploaded -> Decision.stay(FileRules.resume(uploaded));
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
      case Sealed _, Uploading _ ->
          checked(state, submission.unprocessable(state, null, reason, at));
      case Uploaded uploaded ->
          checked(state, submission.unprocessable(state, uploaded.inputFile(), reason, at));
      case Creating _, Submitted _, Quarantined _, Ended _ -> null;
    };
  }

  /**
   * The batch begins anew where the account of its name is another one than it was submitted to;
   * null where something of it may run at the other one. A file there costs nothing.
   */
  public static @Nullable JobState atAnotherAccount(JobState state, Instant now) {
    return switch (state) {
      case Uploading _, Uploaded _ ->
          checked(state, new Sealed(new Header(state.attempt(), now), null));
      case Sealed _, Creating _, Submitted _, Quarantined _, Ended _ -> null;
    };
  }

  /** The end of a batch whose requests were cancelled before they were sealed into it. */
  public static Ended cancelledBeforeSealing(Instant now) {
    Problem problem =
        new Problem(
            FailureCode.BATCH_CANCELLED.id(), "the request was cancelled before it was submitted");
    return new Ended(
        new Header(0, now, problem),
        JobEnd.As.CANCELLED,
        null,
        null,
        false,
        List.of(),
        JobState.Rest.ENDS);
  }

  /** The end of a batch that can't be submitted for a reason that lies in its record. */
  public static Ended unprocessable(Instant now, String reason) {
    Problem problem = new Problem(FailureCode.UNPROCESSABLE_RECORD.id(), reason);
    return new Ended(
        new Header(0, now, problem),
        JobEnd.As.FAILED,
        null,
        null,
        false,
        List.of(),
        JobState.Rest.ENDS);
  }

  private static boolean isRecovery(JobEvent event) {
    return switch (event) {
      case JobEvent.JobsSearched _, JobEvent.FileBurnt _ -> true;
      case JobEvent.CallFailed(JobStep step, _, _) -> !(step instanceof JobStep.Create);
      default -> false;
    };
  }

  private static Decision checked(JobState before, Decision decision) {
    if (decision.write() != null) {
      JobState _ = checked(before, decision.write());
    }
    return decision;
  }

  private static JobState checked(JobState before, JobState after) {
    JobMove _ = JobMove.between(before, after);
    return after;
  }
}
