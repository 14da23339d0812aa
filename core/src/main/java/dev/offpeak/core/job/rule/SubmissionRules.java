package dev.offpeak.core.job.rule;

import dev.offpeak.core.job.Decision;
import dev.offpeak.core.job.JobEvent;
import dev.offpeak.core.job.JobEvent.CallFailed;
import dev.offpeak.core.job.JobState;
import dev.offpeak.core.job.JobState.Creating;
import dev.offpeak.core.job.JobState.Header;
import dev.offpeak.core.job.JobState.Sealed;
import dev.offpeak.core.job.JobState.Uploaded;
import dev.offpeak.core.job.JobState.Uploading;
import dev.offpeak.core.job.JobStep;
import dev.offpeak.core.job.Moment;
import dev.offpeak.core.job.Problem;
import dev.offpeak.core.outcome.FailureCode;
import dev.offpeak.core.provider.InputFile;
import dev.offpeak.core.provider.ProviderError;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** From sealed to submitted, as long as every answer is clear. */
final class SubmissionRules {

  /** The code of a create that was refused because its file is not ready. */
  static final String FILE_NOT_READY = FailureCode.FILE_NOT_READY.id();

  /** The code of an upload that the provider has in another size. */
  static final String UPLOAD_INCOMPLETE = FailureCode.UPLOAD_INCOMPLETE.id();

  private static final int MOST_INCOMPLETE = 5;

  private final JobPolicy policy;
  private final JobEndings endings;
  private final RunningRules running;
  private final RecoveryRules recovery;
  private final FileRules files;

  SubmissionRules(
      JobPolicy policy, JobEndings endings, RunningRules running, RecoveryRules recovery) {
    this.policy = policy;
    this.endings = endings;
    this.running = running;
    this.recovery = recovery;
    this.files = new FileRules(policy, endings);
  }

  Decision sealed(Sealed state, JobEvent event, Moment at) {
    JobOrigin origin = new JobOrigin(state.attempt(), null, state.since());
    int attempt = state.attempt() + 1;
    return switch (event) {
      case CallFailed(_, ProviderError why, _) -> endings.refused(origin, why, at);
      case JobEvent.TurnCame _, JobEvent.CreateTurnCame _ when at.cancelWanted() ->
          endings.cancelled(origin, at);
      case JobEvent.TurnCame _ when policy.recovery().uploadsFirst() ->
          Decision.write(new Uploading(new Header(attempt, at.now())), new JobStep.Upload(attempt));
      case JobEvent.TurnCame _ -> Decision.stay(new JobStep.AwaitCreate(null));
      case JobEvent.CreateTurnCame _ ->
          Decision.write(
              new Creating(new Header(attempt, at.now()), null), new JobStep.Create(attempt, null));
      default -> throw event.impossibleIn(state);
    };
  }

  Decision uploading(Uploading state, JobEvent event, Moment at) {
    int attempt = state.attempt();
    return switch (event) {
      case JobEvent.FileUploaded(String file, boolean isReady) ->
          FileRules.atProvider(attempt, file, isReady, at);
      case JobEvent.FileSearched(@Nullable String file, boolean isReady) when file != null ->
          FileRules.atProvider(attempt, file, isReady, at);
      case JobEvent.FileSearched _ -> uploadAgain(state, state.problem(), at);
      case CallFailed failure -> uploadFailed(state, failure, at);
      default -> throw event.impossibleIn(state);
    };
  }

  private Decision uploadFailed(Uploading state, CallFailed failure, Moment at) {
    ProviderError why = failure.why();
    // Attempts are recorded, failures in a row are not: after a restart the waits stay as long.
    int tries = Math.max(failure.inARow(), state.attempt());
    Instant again = policy.again(why, tries, at);
    JobStep search = new JobStep.SearchFile(state.attempt());
    if (failure.step() instanceof JobStep.SearchFile) {
      return searchFailed(state, why, new JobStep.Wait(again, search), at);
    }
    JobOrigin origin = new JobOrigin(state.attempt(), null, state.since());
    return switch (why) {
      case ProviderError.Ambiguous _ ->
          isUsedUp(state, why)
              ? endings.exhausted(origin, Problem.of(why), at)
              : noted(state, why, new JobStep.Wait(again, search));
      case ProviderError.Retryable _,
          ProviderError.RateLimited _,
          ProviderError.QuotaExceeded _,
          ProviderError.AccountProblem _,
          ProviderError.PayloadUnreadable _ ->
          at.cancelWanted()
              ? endings.cancelled(origin, at)
              : noted(state, why, new JobStep.Wait(again, new JobStep.Upload(state.attempt())));
      case ProviderError.InvalidLines _ -> endings.invalid(origin, null, why, at);
      case ProviderError.PayloadExpired _, ProviderError.Rejected _, ProviderError.Gone _ ->
          endings.refused(origin, why, at);
    };
  }

  /**
   * A provider that takes files in another size than they have does so again: that is not worth as
   * many uploads as an answer that got lost.
   */
  private boolean isUsedUp(Uploading state, ProviderError why) {
    return !endings.mayTryAgain(state.attempt())
        || (why.code().equals(UPLOAD_INCOMPLETE) && state.attempt() >= MOST_INCOMPLETE);
  }

  /** A provider that has no list of files does not say what is there: then nothing is. */
  private Decision searchFailed(Uploading state, ProviderError why, JobStep later, Moment at) {
    return switch (why) {
      case ProviderError.Gone _, ProviderError.Rejected _, ProviderError.InvalidLines _ ->
          uploadAgain(state, Problem.of(why), at);
      case ProviderError.Retryable _,
          ProviderError.RateLimited _,
          ProviderError.Ambiguous _,
          ProviderError.QuotaExceeded _,
          ProviderError.AccountProblem _,
          ProviderError.PayloadUnreadable _,
          ProviderError.PayloadExpired _ ->
          noted(state, why, later);
    };
  }

  /**
   * Once more, under another name. What was only interrupted does not count as an attempt: an owner
   * that was stopped says nothing of the provider.
   */
  private Decision uploadAgain(Uploading state, @Nullable Problem why, Moment at) {
    if (why == null) {
      return Decision.write(
          new Uploading(new Header(state.attempt(), at.now())),
          new JobStep.Upload(state.attempt()));
    }
    if (!endings.mayTryAgain(state.attempt())) {
      return endings.exhausted(new JobOrigin(state.attempt(), null, state.since()), why, at);
    }
    int next = state.attempt() + 1;
    return Decision.write(new Uploading(new Header(next, at.now(), why)), new JobStep.Upload(next));
  }

  private static Decision noted(Uploading state, ProviderError why, JobStep next) {
    return NoteworthyProblems.changes(state.problem(), why)
        ? Decision.write(new Uploading(state.header().because(Problem.of(why))), next)
        : Decision.stay(next);
  }

  /** A record that nothing can be done with. */
  Decision unprocessable(JobState state, @Nullable String file, String reason, Moment at) {
    return endings.refused(
        new JobOrigin(state.attempt(), file, state.since()),
        new ProviderError.Rejected(FailureCode.UNPROCESSABLE_RECORD.id(), reason),
        at);
  }

  Decision uploaded(Uploaded state, JobEvent event, Moment at) {
    return switch (event) {
      case JobEvent.FileSeen(InputFile.State file) -> files.seen(state, file, at);
      case CallFailed failure -> files.lookFailed(state, failure, at);
      case JobEvent.CreateTurnCame _ when at.cancelWanted() ->
          endings.cancelled(new JobOrigin(state.attempt(), state.inputFile(), state.since()), at);
      case JobEvent.CreateTurnCame _ ->
          Decision.write(
              new Creating(new Header(state.attempt(), at.now()), state.inputFile()),
              new JobStep.Create(state.attempt(), state.inputFile()));
      default -> throw event.impossibleIn(state);
    };
  }

  Decision creating(Creating state, JobEvent event, Moment at) {
    return switch (event) {
      case JobEvent.JobCreated(var job) ->
          running.found(new JobOrigin(state.attempt(), state.inputFile(), at.now()), job, at);
      case CallFailed failure -> createFailed(state, failure, at);
      default -> throw event.impossibleIn(state);
    };
  }

  /** Creates that were refused because of the file alone, again and again. */
  private boolean isNeverReady(CallFailed failure) {
    return failure.why().code().equals(FILE_NOT_READY) && failure.inARow() >= policy.mostAttempts();
  }

  private Decision createFailed(Creating state, CallFailed failure, Moment at) {
    ProviderError why = failure.why();
    String file = state.inputFile();
    JobOrigin origin = new JobOrigin(state.attempt(), file, state.since());
    if (isNeverReady(failure)) {
      return files.anew(origin, why, at);
    }
    return switch (why) {
      case ProviderError.Ambiguous _ -> recovery.begin(state, why, at);
      case ProviderError.Retryable _,
          ProviderError.RateLimited _,
          ProviderError.QuotaExceeded _,
          ProviderError.AccountProblem _,
          ProviderError.PayloadUnreadable _ -> {
        Instant again = policy.again(why, failure.inARow(), at);
        yield file == null
            ? endings.again(state.attempt(), null, why, at)
            : FileRules.stored(state.attempt(), file, Problem.of(why), again, at);
      }
      case ProviderError.Gone _ ->
          files.anew(new JobOrigin(state.attempt(), null, state.since()), why, at);
      case ProviderError.InvalidLines _ -> endings.invalid(origin, null, why, at);
      case ProviderError.PayloadExpired _, ProviderError.Rejected _ ->
          endings.refused(origin, why, at);
    };
  }
}
