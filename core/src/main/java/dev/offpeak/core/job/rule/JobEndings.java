package dev.offpeak.core.job.rule;

import dev.offpeak.core.job.Chore;
import dev.offpeak.core.job.Decision;
import dev.offpeak.core.job.JobState;
import dev.offpeak.core.job.JobState.Ended;
import dev.offpeak.core.job.JobState.Header;
import dev.offpeak.core.job.JobState.Rest;
import dev.offpeak.core.job.JobState.Results;
import dev.offpeak.core.job.JobState.Sealed;
import dev.offpeak.core.job.JobStep;
import dev.offpeak.core.job.Moment;
import dev.offpeak.core.job.Problem;
import dev.offpeak.core.outcome.FailureCode;
import dev.offpeak.core.outcome.JobEnd;
import dev.offpeak.core.provider.ProviderError;
import dev.offpeak.core.provider.ProviderError.BadLine;
import dev.offpeak.core.provider.ProviderJob;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the end of a job means: that it is over, or that the batch is submitted again. */
final class JobEndings {

  /**
   * Codes of failed validations that would fail each part of the batch alike (docs/providers A4b).
   */
  private static final Set<String> OF_THE_WHOLE =
      Set.of("model_not_found", "empty_file", "too_many_tasks", "invalid_endpoint", "batch_failed");

  /** More lines are named by the next generation: what ends a job must fit into one record. */
  private static final int MOST_NAMED = 1_000;

  private static final int LONGEST_MESSAGE = 500;

  /** Of codes and messages of all named lines: at most 450 kB, in whatever language they are. */
  private static final int MOST_CHARACTERS = 150_000;

  private final JobPolicy policy;
  private final Batch batch;

  JobEndings(JobPolicy policy, Batch batch) {
    this.policy = policy;
    this.batch = batch;
  }

  /** Its provider has ended the job. */
  Decision byProvider(JobOrigin origin, ProviderJob job, Moment at) {
    return switch (job.phase()) {
      case COMPLETED -> over(origin, job, JobEnd.As.COMPLETED, null, false, at);
      case EXPIRED -> over(origin, job, JobEnd.As.EXPIRED, null, false, at);
      case CANCELLED -> over(origin, job, JobEnd.As.CANCELLED, null, !at.cancelWanted(), at);
      case FAILED -> failed(origin, job, at);
      case VALIDATING, IN_PROGRESS, FINALIZING, CANCELLING ->
          throw new IllegalArgumentException(job + " has not ended");
    };
  }

  private Decision failed(JobOrigin origin, ProviderJob job, Moment at) {
    ProviderError why = job.failure();
    if (why == null) {
      Problem unknown =
          new Problem(
              FailureCode.BATCH_FAILED.id(), "the provider failed the job, and says no why");
      return over(origin, job, JobEnd.As.FAILED, unknown, false, at);
    }
    if (wasWorkedOn(job)) {
      return over(origin, job, JobEnd.As.FAILED, Problem.of(why), false, at);
    }
    return switch (why) {
      case ProviderError.QuotaExceeded _, ProviderError.AccountProblem _ ->
          again(origin.attempt(), origin.inputFile(), why, at);
      case ProviderError.Retryable _,
          ProviderError.RateLimited _,
          ProviderError.Ambiguous _,
          ProviderError.Gone _,
          ProviderError.PayloadUnreadable _,
          ProviderError.PayloadExpired _ ->
          mayTryAgain(origin.attempt())
              ? again(origin.attempt(), origin.inputFile(), why, at)
              : over(origin, job, JobEnd.As.FAILED, Problem.of(why), true, at);
      case ProviderError.InvalidLines _ -> invalid(origin, results(origin, job), why, at);
      case ProviderError.Rejected _ ->
          OF_THE_WHOLE.contains(why.code())
              ? over(origin, job, JobEnd.As.FAILED, Problem.of(why), false, at)
              : invalid(origin, results(origin, job), why, at);
    };
  }

  /** Some of its requests have been executed, and which ones only its results can tell. */
  private static boolean wasWorkedOn(ProviderJob job) {
    String output = job.outputFileId();
    return job.succeeded() > 0 || (output != null && !output.isEmpty());
  }

  /** The batch waits for its turn again, with a new file: nothing of the job was executed. */
  Decision again(int attempt, @Nullable String file, ProviderError why, Moment at) {
    Sealed sealed =
        new Sealed(new Header(attempt, at.now(), Problem.of(why)), policy.again(why, attempt, at));
    return Decision.write(sealed, new JobStep.AwaitTurn(sealed.notBefore())).and(deletion(file));
  }

  /** The input is refused: the named requests fail, the others get another chance. */
  Decision invalid(JobOrigin origin, @Nullable Results results, ProviderError why, Moment at) {
    List<BadLine> bad = named(why);
    if (bad.isEmpty() && batch.requests() == 1) {
      bad = List.of(new BadLine(0, why.code(), why.message()));
    }
    boolean mayGoOn = batch.generation() < Batch.MOST_GENERATIONS;
    Rest rest = Rest.ENDS;
    if (bad.isEmpty() && mayGoOn) {
      rest = Rest.HALVED;
    } else if (bad.size() < batch.requests() && mayGoOn) {
      rest = Rest.SEALED_AGAIN;
    }
    return end(
        new Ended(
            new Header(origin.attempt(), at.now(), Problem.of(why)),
            JobEnd.As.FAILED,
            origin.inputFile(),
            results,
            !mayGoOn,
            bad,
            rest));
  }

  private List<BadLine> named(ProviderError why) {
    List<BadLine> named = new ArrayList<>();
    Set<Integer> seen = new HashSet<>();
    int characters = 0;
    for (BadLine line :
        why instanceof ProviderError.InvalidLines invalid ? invalid.lines() : List.<BadLine>of()) {
      String message = shortened(line.message());
      String code = shortened(line.code());
      boolean isOurs = line.index() >= 0 && line.index() < batch.requests();
      boolean fits =
          named.size() < MOST_NAMED
              && characters + code.length() + message.length() <= MOST_CHARACTERS;
      if (isOurs && fits && seen.add(line.index())) {
        named.add(new BadLine(line.index(), code, message));
        characters += code.length() + message.length();
      }
    }
    return named;
  }

  private static String shortened(String message) {
    return message.length() <= LONGEST_MESSAGE
        ? message
        : message.substring(0, LONGEST_MESSAGE) + "…";
  }

  /**
   * It was tried often enough, and nothing of it runs. Its requests may be tried again in another
   * batch.
   */
  Decision exhausted(JobOrigin origin, Problem why, Moment at) {
    return unsubmitted(origin, JobEnd.As.FAILED, why, true, at);
  }

  /** Whether another upload or create may be tried. */
  boolean mayTryAgain(int attempt) {
    return attempt < policy.mostAttempts();
  }

  /** It can't be submitted, and nothing of it runs. */
  Decision refused(JobOrigin origin, ProviderError why, Moment at) {
    Problem problem =
        why instanceof ProviderError.PayloadExpired
            ? new Problem(FailureCode.PAYLOAD_EXPIRED.id(), why.message())
            : Problem.of(why);
    return unsubmitted(origin, JobEnd.As.FAILED, problem, false, at);
  }

  /** Somebody wants it cancelled before it is submitted. */
  Decision cancelled(JobOrigin origin, Moment at) {
    return unsubmitted(origin, JobEnd.As.CANCELLED, null, false, at);
  }

  private static Decision unsubmitted(
      JobOrigin origin, JobEnd.As as, @Nullable Problem problem, boolean retryable, Moment at) {
    Ended ended =
        new Ended(
            new Header(origin.attempt(), at.now(), problem),
            as,
            origin.inputFile(),
            null,
            retryable,
            List.of(),
            Rest.ENDS);
    return end(ended).and(deletion(origin.inputFile()));
  }

  /** Nothing more is to be expected of a job that may have been executed. */
  Decision givenUp(
      JobOrigin origin, @Nullable String jobId, String status, Problem why, Moment at) {
    Results results =
        jobId == null ? null : new Results(jobId, status, null, null, origin.submitted(), 0, 0);
    return end(
        new Ended(
            new Header(origin.attempt(), at.now(), why),
            JobEnd.As.FAILED,
            origin.inputFile(),
            results,
            false,
            List.of(),
            Rest.ENDS));
  }

  private static Decision over(
      JobOrigin origin,
      ProviderJob job,
      JobEnd.As as,
      @Nullable Problem problem,
      boolean retryable,
      Moment at) {
    return end(
        new Ended(
            new Header(origin.attempt(), at.now(), problem),
            as,
            origin.inputFile(),
            results(origin, job),
            retryable,
            List.of(),
            Rest.ENDS));
  }

  private static Results results(JobOrigin origin, ProviderJob job) {
    return new Results(
        job.id(),
        job.status(),
        job.outputFileId(),
        job.errorFileId(),
        origin.submitted(),
        job.succeeded(),
        job.failed());
  }

  private static Decision end(JobState.Ended ended) {
    return Decision.write(ended, new JobStep.Finish());
  }

  private static Chore[] deletion(@Nullable String file) {
    return file == null ? new Chore[0] : new Chore[] {new Chore.DeleteFile(file)};
  }
}
