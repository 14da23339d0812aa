package dev.offpeak.results.completions.job;

import dev.offpeak.core.provider.ProviderError;
import dev.offpeak.core.provider.ProviderJob;
import dev.offpeak.core.wait.RetryLater;
import dev.offpeak.provider.Answer;
import dev.offpeak.provider.BatchProvider;
import dev.offpeak.provider.ResultSource;
import dev.offpeak.results.completions.download.RefusedDownloads;
import dev.offpeak.schemas.avro.JobEnded;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Where the results of an ended job stand. */
final class JobFiles {

  private final BatchProvider provider;
  private final JobEnded job;
  private final String jobId;

  /**
   * The files of that job.
   *
   * @param jobId the provider's
   */
  JobFiles(BatchProvider provider, JobEnded job, String jobId) {
    this.provider = provider;
    this.job = job;
    this.jobId = jobId;
  }

  /**
   * Where results are.
   *
   * @param succeeded requests that the provider says are done; 0 when it was not asked
   * @param unknown why there may be more that nobody knows of; null when that is not so
   */
  record Found(List<ResultSource> sources, int succeeded, @Nullable String unknown) {}

  /**
   * What is to be downloaded: whatever there is. The provider is asked once more when no successes
   * are among it, for the job may have been seen a moment too early (docs/providers A3), when
   * something was missing in it, and when only its counts tell what should be there.
   *
   * @throws RetryLater when the provider does not answer
   */
  Found find(FetchMode look) throws RetryLater {
    List<ResultSource> known = provider.results(known());
    boolean suffices = phase() == ProviderJob.Phase.COMPLETED && holdsSuccesses(known);
    if ((suffices && !look.again()) || phase() == ProviderJob.Phase.FAILED) {
      return new Found(known, 0, null);
    }
    return switch (provider.get(jobId)) {
      case Answer.Ok<ProviderJob>(ProviderJob seen) ->
          new Found(union(known, provider.results(seen)), seen.succeeded(), null);
      case Answer.Failed<ProviderJob>(ProviderError.Gone _) -> new Found(known, 0, null);
      case Answer.Failed<ProviderJob>(ProviderError error) -> {
        RetryLater problem = RefusedDownloads.of("get " + jobId, error);
        if (look.missingIsFinal()) {
          yield new Found(known, 0, null);
        }
        if (look.undeliveredIsFinal() && problem.isUndelivered()) {
          yield new Found(known, 0, problem.reason());
        }
        throw problem;
      }
    };
  }

  private static List<ResultSource> union(List<ResultSource> some, List<ResultSource> others) {
    return Stream.concat(some.stream(), others.stream()).distinct().toList();
  }

  private static boolean holdsSuccesses(List<ResultSource> sources) {
    return sources.stream().anyMatch(source -> source.kind() != ResultSource.Kind.ERROR_FILE);
  }

  private ProviderJob known() {
    Instant submitted = job.getSubmittedAt();
    return new ProviderJob(
        jobId,
        phase(),
        job.getEnded().name(),
        submitted == null ? job.getEndedAt() : submitted,
        null,
        job.getRequests(),
        0,
        0,
        emptyToNull(job.getInputFileId()),
        emptyToNull(job.getOutputFileId()),
        emptyToNull(job.getErrorFileId()),
        null);
  }

  private static @Nullable String emptyToNull(@Nullable String id) {
    return id == null || id.isEmpty() ? null : id;
  }

  private ProviderJob.Phase phase() {
    return ProviderJob.Phase.valueOf(job.getEnded().name());
  }
}
