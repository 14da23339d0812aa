package dev.offpeak.core.job.rule;

import dev.offpeak.core.job.Decision;
import dev.offpeak.core.job.JobEvent.CallFailed;
import dev.offpeak.core.job.JobState.Header;
import dev.offpeak.core.job.JobState.Uploaded;
import dev.offpeak.core.job.JobStep;
import dev.offpeak.core.job.Moment;
import dev.offpeak.core.job.Problem;
import dev.offpeak.core.outcome.FailureCode;
import dev.offpeak.core.provider.InputFile;
import dev.offpeak.core.provider.ProviderError;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A provider may read an input file for a while before it takes a create for it (Azure: {@code
 * pending}, Gemini: {@code PROCESSING}).
 */
final class FileRules {

  /** Azure reads a file of 200 MB in a few minutes. */
  private static final Duration PATIENCE = Duration.ofMinutes(30);

  private static final Duration FIRST_WAIT = Duration.ofSeconds(1);
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);
  private static final ProviderError UNREADABLE =
      new ProviderError.Retryable(
          FailureCode.FILE_FAILED.id(), "the provider could not read the input file");

  private final JobPolicy policy;
  private final JobEndings endings;

  FileRules(JobPolicy policy, JobEndings endings) {
    this.policy = policy;
    this.endings = endings;
  }

  static Decision atProvider(int attempt, String file, boolean isReady, Moment at) {
    if (isReady) {
      return stored(attempt, file, null, null, at);
    }
    Instant latest = at.now().plus(PATIENCE);
    Problem pending =
        new Problem(Uploaded.FILE_PENDING, "the provider is still reading the input file");
    Uploaded state = new Uploaded(new Header(attempt, at.now(), pending), file, latest);
    return Decision.write(state, lookLater(state, at));
  }

  /** A job can be made of the file, once a create is allowed. */
  static Decision stored(
      int attempt, String file, @Nullable Problem problem, @Nullable Instant again, Moment at) {
    return Decision.write(
        new Uploaded(new Header(attempt, at.now(), problem), file, again),
        new JobStep.AwaitCreate(again));
  }

  /** What a new owner does. */
  static JobStep resume(Uploaded state) {
    return state.isFilePending()
        ? new JobStep.LookAtFile(state.inputFile())
        : new JobStep.AwaitCreate(state.notBefore());
  }

  /** The longer the provider has been reading, the later. */
  private static JobStep lookLater(Uploaded state, Moment at) {
    Duration age = Duration.between(state.since(), at.now());
    Duration wait = age.compareTo(FIRST_WAIT) < 0 ? FIRST_WAIT : age;
    Duration bounded = wait.compareTo(LONGEST_WAIT) < 0 ? wait : LONGEST_WAIT;
    return new JobStep.Wait(at.now().plus(bounded), new JobStep.LookAtFile(state.inputFile()));
  }

  Decision seen(Uploaded state, InputFile.State file, Moment at) {
    JobOrigin origin = new JobOrigin(state.attempt(), state.inputFile(), state.since());
    if (at.cancelWanted()) {
      return endings.cancelled(origin, at);
    }
    return switch (file) {
      case READY, UPLOADED ->
          Decision.write(
              new Uploaded(state.header().because(null), state.inputFile()),
              new JobStep.AwaitCreate(null));
      case PENDING -> Decision.stay(orCreate(state, lookLater(state, at), at));
      case FAILED -> anew(origin, UNREADABLE, at);
    };
  }

  /** After long enough the create is tried all the same: its answer says more than a file does. */
  private static JobStep orCreate(Uploaded state, JobStep later, Moment at) {
    return at.now().isBefore(state.since().plus(PATIENCE)) ? later : new JobStep.AwaitCreate(null);
  }

  Decision lookFailed(Uploaded state, CallFailed failure, Moment at) {
    ProviderError why = failure.why();
    if (why instanceof ProviderError.Gone) {
      return anew(new JobOrigin(state.attempt(), state.inputFile(), state.since()), why, at);
    }
    Instant again = policy.again(why, failure.inARow(), at);
    return Decision.stay(orCreate(state, new JobStep.Wait(again, failure.step()), at));
  }

  /** Nothing can be made of the file: the batch is uploaded anew, but not for ever. */
  Decision anew(JobOrigin origin, ProviderError why, Moment at) {
    return endings.mayTryAgain(origin.attempt())
        ? endings.again(origin.attempt(), origin.inputFile(), why, at)
        : endings.exhausted(origin, Problem.of(why), at);
  }
}
