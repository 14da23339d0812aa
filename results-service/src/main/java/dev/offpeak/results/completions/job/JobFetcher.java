package dev.offpeak.results.completions.job;

import dev.offpeak.core.lane.Lane;
import dev.offpeak.core.lane.Provider;
import dev.offpeak.core.outcome.FailureCode;
import dev.offpeak.core.outcome.JobEnd;
import dev.offpeak.core.outcome.Reconciliation;
import dev.offpeak.core.outcome.RetryRule;
import dev.offpeak.core.seal.Manifest;
import dev.offpeak.core.wait.RetryLater;
import dev.offpeak.provider.BatchProvider;
import dev.offpeak.provider.ResultSource;
import dev.offpeak.results.completions.download.Download;
import dev.offpeak.results.completions.download.ResultSpool;
import dev.offpeak.results.config.RetriesConfig;
import dev.offpeak.results.shared.account.ProviderAccess;
import dev.offpeak.results.shared.metric.ResultsMeters;
import dev.offpeak.results.shared.outcome.JobFacts;
import dev.offpeak.results.shared.publish.Failpoint;
import dev.offpeak.runtime.failpoint.FailpointListener;
import dev.offpeak.schemas.avro.JobEnded;
import dev.offpeak.schemas.avro.UsageMode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** Finds out what became of the requests of one ended job. Safe to use from many threads. */
public final class JobFetcher {

  private static final Logger LOGGER = LoggerFactory.getLogger(JobFetcher.class);

  private final Manifests manifests;
  private final ProviderAccess access;
  private final Path workFolder;
  private final RetriesConfig retries;
  private final ResultsMeters meters;
  private final FailpointListener<Failpoint> halt;

  /**
   * A fetcher for these accounts.
   *
   * @param workFolder where results are kept until they are published
   * @param retries when a request is tried again
   */
  public JobFetcher(
      Manifests manifests,
      ProviderAccess access,
      Path workFolder,
      RetriesConfig retries,
      ResultsMeters meters,
      FailpointListener<Failpoint> halt) {
    this.manifests = manifests;
    this.access = access;
    this.workFolder = workFolder;
    this.retries = retries;
    this.meters = meters;
    this.halt = halt;
  }

  /**
   * Tries once.
   *
   * @param from requests before this index have their outcomes already
   * @param look how it takes what it finds
   * @param slot passes to the fetched job, or stays the caller's after an exception
   * @throws RetryLater when it must be tried again later
   * @throws ResultsGone when the provider says, not to be believed yet, that it has no such results
   * @throws ResultsLacking when what it has is not all, which is not to be believed yet
   * @throws IOException when the work folder can't be used
   */
  FetchedJob fetch(Completion completion, int from, FetchMode look, DownloadSlots.Slot slot)
      throws RetryLater, ResultsGone, ResultsLacking, IOException, InterruptedException {
    JobEnded job = completion.job();
    Optional<Manifest> batch = manifests.find(job);
    if (batch.isEmpty()) {
      reportLost(job);
    }
    Manifest manifest = batch.orElse(Manifest.of(0));
    RequestsOfJob work = RequestsOfJob.of(job, manifest);
    Provider provider = Lane.parse(job.getLane()).provider();
    if (!provider.id().equals(job.getProvider())) {
      throw new IllegalArgumentException(
          "the job is said to be of '" + job.getProvider() + "', but its lane is " + job.getLane());
    }
    return new FetchedJob(
        completion,
        new JobFacts(
            job.getBatchId(),
            job.getProviderJobId(),
            provider,
            job.getAccount(),
            job.getEndpoint(),
            job.getLane(),
            manifest.partition(),
            job.getSubmittedAt(),
            job.getEndedAt(),
            UsageMode.BATCH),
        new RetryRule(
            retries.maxAttempts(),
            access.window(job.getAccount()),
            retries.deadlinePolicy() == RetriesConfig.DeadlinePolicy.SYNC),
        find(job, work, from, look),
        slot);
  }

  private DownloadedOutcomes find(JobEnded job, RequestsOfJob work, int from, FetchMode look)
      throws RetryLater, ResultsGone, ResultsLacking, IOException, InterruptedException {
    Reconciliation seen = new Reconciliation(work.manifest());
    String jobId = job.getProviderJobId();
    boolean resealed = !job.getResealedAs().isEmpty();
    if (jobId == null || resealed || from >= work.manifest().size()) {
      return new DownloadedOutcomes(work, end(job), seen, null, true, null, 0);
    }
    if (look.problem() != null) {
      return new DownloadedOutcomes(
          work, unprocessable(look.problem(), jobId), seen, null, true, null, 0);
    }
    BatchProvider provider = access.of(job);
    JobFiles.Found found = new JobFiles(provider, job, jobId).find(look);
    ResultSpool spool = ResultSpool.open(workFolder, work.manifest().size());
    try {
      Download download =
          new Download(
              provider, seen, spool, work.manifest().size(), from, look.undeliveredIsFinal(), halt);
      List<ResultSource> gone = download.fetch(found.sources());
      if (!gone.isEmpty() && !look.goneIsFinal()) {
        throw new ResultsGone(gone);
      }
      MissingResults lack =
          MissingResults.of(job.getEnded(), work.manifest().size(), found.succeeded(), seen);
      String undelivered =
          download.undelivered() == null ? found.unknown() : download.undelivered();
      if (gone.isEmpty() && undelivered == null && lack != null && !look.takes(lack)) {
        throw new ResultsLacking(jobId, work.manifest().size(), lack);
      }
      report(job, work, seen, download, gone, undelivered);
      return new DownloadedOutcomes(
          work, end(job), seen, spool, gone.isEmpty(), undelivered, found.succeeded());
    } catch (Throwable e) {
      spool.close();
      throw e;
    }
  }

  private static JobEnd unprocessable(String problem, String jobId) {
    return new JobEnd(
        JobEnd.As.FAILED,
        true,
        FailureCode.UNPROCESSABLE_RECORD.id(),
        "the results of " + jobId + " can't be processed: " + problem,
        false);
  }

  private static JobEnd end(JobEnded job) {
    return new JobEnd(
        JobEnd.As.valueOf(job.getEnded().name()),
        job.getProviderJobId() != null,
        job.getProblemCode(),
        job.getProblem(),
        job.getRetryable());
  }

  private void reportLost(JobEnded job) {
    meters.manifestLost();
    LOGGER
        .atError()
        .addKeyValue("batchId", job.getBatchId())
        .addKeyValue("jobId", job.getProviderJobId())
        .addKeyValue("requests", job.getRequests())
        .addKeyValue("partition", job.getBatchPartition())
        .addKeyValue("offset", job.getBatchOffset())
        .log("manifest expired: its requests get no outcome; keep llm.batches longer");
  }

  private void report(
      JobEnded job,
      RequestsOfJob work,
      Reconciliation seen,
      Download download,
      List<ResultSource> gone,
      @Nullable String undelivered) {
    meters.downloaded(job.getAccount(), download.foreign(), download.duplicates());
    LOGGER
        .atLevel(undelivered == null ? Level.INFO : Level.WARN)
        .addKeyValue("batchId", job.getBatchId())
        .addKeyValue("jobId", job.getProviderJobId())
        .addKeyValue("requests", work.manifest().size())
        .addKeyValue("succeeded", seen.succeeded())
        .addKeyValue("withoutLine", work.manifest().size() - seen.joined())
        .addKeyValue("foreignLines", download.foreign())
        .addKeyValue("duplicateLines", download.duplicates())
        .addKeyValue("gone", gone)
        .addKeyValue("undelivered", undelivered)
        .log(undelivered == null ? "results downloaded" : "results given up");
  }
}
