package dev.offpeak.results.job;

import dev.offpeak.provider.Answer;
import dev.offpeak.provider.BatchProvider;
import dev.offpeak.provider.ProviderError;
import dev.offpeak.provider.ProviderJob;
import dev.offpeak.provider.ResultSource;
import dev.offpeak.results.download.Refusals;
import dev.offpeak.results.wait.NotYet;
import dev.offpeak.schemas.avro.JobEnded;
import java.time.Instant;
import java.util.List;
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
   * What is to be downloaded. When no successes are among it, the job may have been seen a moment
   * too early (PROVIDERS.md A3), so the provider is asked once more.
   *
   * @throws NotYet when the provider speaks of successes and does not say where they are
   */
  List<ResultSource> sources() throws NotYet {
    List<ResultSource> known = provider.results(known());
    if (holdsSuccesses(known) || phase() == ProviderJob.Phase.FAILED) {
      return known;
    }
    return switch (provider.get(jobId)) {
      case Answer.Ok<ProviderJob>(ProviderJob seen) -> sources(seen);
      case Answer.Failed<ProviderJob>(ProviderError.Gone _) -> known;
      case Answer.Failed<ProviderJob>(ProviderError error) ->
          throw Refusals.of("get " + jobId, error);
    };
  }

  private List<ResultSource> sources(ProviderJob seen) throws NotYet {
    List<ResultSource> sources = provider.results(seen);
    if (seen.succeeded() > 0 && !holdsSuccesses(sources)) {
      throw NotYet.soon(
          jobId + " has " + seen.succeeded() + " answers, its output file is not there yet");
    }
    return sources;
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
