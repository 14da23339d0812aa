package dev.offpeak.results.completions.job;

import dev.offpeak.core.outcome.FailureCode;
import dev.offpeak.core.provider.ProviderError;
import dev.offpeak.core.provider.ProviderJob;
import dev.offpeak.core.wait.Backoff;
import dev.offpeak.core.wait.RetryLater;
import dev.offpeak.core.wait.Sleeper;
import dev.offpeak.provider.Answer;
import dev.offpeak.provider.BatchProvider;
import dev.offpeak.results.shared.account.ProviderAccess;
import dev.offpeak.schemas.avro.JobEnded;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes what a provider still holds of a job whose outcomes are all published. What can't be
 * deleted expires at the provider by itself. Safe to use from many threads.
 */
public final class JobCleaner {

  private static final Logger LOGGER = LoggerFactory.getLogger(JobCleaner.class);

  /** Requests that failed so may still have their answer in the job's results. */
  private static final Set<String> UNDELIVERED =
      Set.of(
          FailureCode.MISSING_FROM_OUTPUT.id(),
          FailureCode.UNREADABLE_RESPONSE.id(),
          FailureCode.UNPROCESSABLE_RECORD.id(),
          FailureCode.RESPONSE_TOO_LARGE.id(),
          FailureCode.RESULTS_UNDELIVERED.id(),
          FailureCode.PAYLOAD_EXPIRED.id());

  private static final int MOST_TRIES = 3;
  private static final Backoff BACKOFF = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(5));

  private final ProviderAccess access;
  private final Sleeper sleeper;

  /**
   * Something that stays at the provider.
   *
   * @param what a file, or a job with all that it has
   * @param batchId whose it is
   * @param reason why it stays, for a person
   */
  public record Left(String what, String batchId, String reason) {}

  /** A cleaner of these accounts. */
  public JobCleaner(ProviderAccess access, Sleeper sleeper) {
    this.access = access;
    this.sleeper = sleeper;
  }

  /** Whether a request that failed with that code may still have an answer in its job's results. */
  public static boolean mayHaveLeftAnAnswer(String code) {
    return UNDELIVERED.contains(code);
  }

  /**
   * Deletes the job's files.
   *
   * @param delivered whether all that stands in the results was delivered; otherwise they stay
   * @return what could not be deleted
   * @throws InterruptedException when told to stop
   */
  public List<Left> clean(JobEnded job, boolean delivered) throws InterruptedException {
    List<Left> left = new ArrayList<>();
    try {
      new Cleaning(access.of(job), job, left).run(delivered);
    } catch (RetryLater e) {
      left.add(new Left(name(job), job.getBatchId(), e.reason()));
    }
    left.forEach(JobCleaner::warn);
    return left;
  }

  private static String name(JobEnded job) {
    String jobId = job.getProviderJobId();
    return jobId == null ? String.valueOf(job.getInputFileId()) : jobId;
  }

  /** The files of one job. */
  private final class Cleaning {

    private final BatchProvider provider;
    private final JobEnded job;
    private final List<Left> left;
    private final Set<String> results = new LinkedHashSet<>();

    Cleaning(BatchProvider provider, JobEnded job, List<Left> left) {
      this.provider = provider;
      this.job = job;
      this.left = left;
    }

    void run(boolean delivered) throws InterruptedException {
      add(results, job.getOutputFileId());
      add(results, job.getErrorFileId());
      String jobId = job.getProviderJobId();
      if (jobId != null && !look(jobId)) {
        return;
      }
      if (jobId != null && provider.keepsResultsInJobs()) {
        results.add(jobId);
      }
      Set<String> input = new LinkedHashSet<>();
      add(input, job.getInputFileId());
      for (String file : input) {
        delete(file);
      }
      for (String file : results) {
        if (delivered) {
          delete(file);
        } else {
          leave(file, "kept: answers of it were not delivered");
        }
      }
    }

    /** The job's files may have come after its end; one that still runs needs them. */
    private boolean look(String jobId) throws InterruptedException {
      return switch (insist(() -> provider.get(jobId))) {
        case Answer.Ok<ProviderJob>(ProviderJob seen) when !seen.phase().isFinal() -> {
          leave(jobId, "kept with its files: it still runs (" + seen.status() + ")");
          yield false;
        }
        case Answer.Ok<ProviderJob>(ProviderJob seen) -> {
          add(results, seen.outputFileId());
          add(results, seen.errorFileId());
          yield true;
        }
        case Answer.Failed<ProviderJob>(ProviderError.Gone _) -> true;
        case Answer.Failed<ProviderJob>(ProviderError error) -> {
          leave(jobId, "can't be looked at, so that it may have more files: " + words(error));
          yield true;
        }
      };
    }

    private void delete(String file) throws InterruptedException {
      if (insist(() -> provider.delete(file)) instanceof Answer.Failed<Boolean>(var error)
          && !(error instanceof ProviderError.Gone)) {
        leave(file, words(error));
      }
    }

    private void leave(String what, String reason) {
      left.add(new Left(what, job.getBatchId(), reason));
    }
  }

  private static void add(Set<String> files, @Nullable String id) {
    if (id != null && !id.isEmpty()) {
      files.add(id);
    }
  }

  private static String words(ProviderError error) {
    return error.code() + ": " + error.message();
  }

  /** Tries again what may pass, a few times. */
  private <T> Answer<T> insist(Supplier<Answer<T>> call) throws InterruptedException {
    Answer<T> answer = call.get();
    for (int retry = 0; retry < MOST_TRIES - 1; retry++) {
      if (!(answer instanceof Answer.Failed<T>(ProviderError error)) || !mayPass(error)) {
        return answer;
      }
      sleeper.sleep(atLeast(BACKOFF.ceiling(retry), error));
      answer = call.get();
    }
    return answer;
  }

  private static boolean mayPass(ProviderError error) {
    return switch (error) {
      case ProviderError.Retryable _, ProviderError.Ambiguous _, ProviderError.RateLimited _ ->
          true;
      default -> false;
    };
  }

  private static Duration atLeast(Duration wait, ProviderError error) {
    if (!(error instanceof ProviderError.RateLimited limited)
        || limited.after() == null
        || limited.after().compareTo(wait) <= 0) {
      return wait;
    }
    return limited.after().compareTo(BACKOFF.longest()) > 0 ? BACKOFF.longest() : limited.after();
  }

  private static void warn(Left left) {
    LOGGER
        .atWarn()
        .addKeyValue("batchId", left.batchId())
        .addKeyValue("file", left.what())
        .addKeyValue("reason", left.reason())
        .log("provider file not deleted");
  }
}
