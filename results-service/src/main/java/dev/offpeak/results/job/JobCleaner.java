package dev.offpeak.results.job;

import dev.offpeak.core.lane.Provider;
import dev.offpeak.provider.Answer;
import dev.offpeak.provider.BatchProvider;
import dev.offpeak.results.wait.NotYet;
import dev.offpeak.schemas.avro.JobEnded;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes what a provider still holds of a job whose outcomes are all published. Tries once: what
 * can't be deleted expires at the provider by itself.
 */
public final class JobCleaner {

  private static final Logger LOGGER = LoggerFactory.getLogger(JobCleaner.class);

  private final ProviderAccess access;

  /** A cleaner of these accounts. */
  public JobCleaner(ProviderAccess access) {
    this.access = access;
  }

  /** Deletes the job's files. */
  public void clean(JobEnded job) {
    String jobId = job.getProviderJobId();
    if (jobId == null) {
      return;
    }
    try {
      BatchProvider provider = access.of(job);
      boolean isItsOwnFile = Provider.of(job.getProvider()) == Provider.ANTHROPIC;
      Stream.of(
              job.getInputFileId(),
              job.getOutputFileId(),
              job.getErrorFileId(),
              isItsOwnFile ? jobId : null)
          .filter(Objects::nonNull)
          .filter(id -> !id.isEmpty())
          .forEach(id -> delete(provider, job, id));
    } catch (NotYet e) {
      warn(job, null, e.reason());
    }
  }

  private static void delete(BatchProvider provider, JobEnded job, String id) {
    if (provider.delete(id) instanceof Answer.Failed<Boolean> failed) {
      warn(job, id, failed.error().code() + ": " + failed.error().message());
    }
  }

  private static void warn(JobEnded job, @Nullable String file, String reason) {
    LOGGER
        .atWarn()
        .addKeyValue("batchId", job.getBatchId())
        .addKeyValue("file", file)
        .addKeyValue("reason", reason)
        .log("provider file not deleted");
  }
}
