package dev.offpeak.standalone.outcome;

import dev.offpeak.runtime.health.Waiting;
import dev.offpeak.schemas.avro.JobEnded;
import dev.offpeak.schemas.avro.JobRecord;
import dev.offpeak.schemas.avro.JobStateName;
import dev.offpeak.schemas.avro.SealedBatch;
import dev.offpeak.schemas.avro.UsageRecord;
import dev.offpeak.standalone.report.Failed;
import dev.offpeak.standalone.report.Progress;
import dev.offpeak.standalone.report.Spend;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What the topics say of a run so far. Confined to the thread that reads them. */
public final class Tally {

  /** Whoever waits so long at most goes on by itself. */
  private static final Duration SHORT_WAIT = Duration.ofMinutes(15);

  private long results;
  private long failures;
  private long duplicates;
  private long unreported;
  private final Map<String, Sealed> batches = new HashMap<>();
  private final Map<String, JobRecord> jobs = new HashMap<>();
  private final WaitingJobs waiting = new WaitingJobs();
  private final Map<String, JobEnded> over = new HashMap<>();
  private final Set<String> undelivered = new HashSet<>();
  private final Map<String, Spend> spends = new TreeMap<>();
  private final Map<String, Spend> spendsByProvider = new TreeMap<>();
  private final Map<String, Failed> failuresByCode = new TreeMap<>();

  /** What is kept of a sealed batch. */
  private record Sealed(String provider, int requests) {}

  /**
   * An answer.
   *
   * @param usageProblem why it could not be priced, if that is because of what its provider reports
   */
  void result(@Nullable String usageProblem) {
    results++;
    if (usageProblem != null) {
      unreported++;
    }
  }

  void failure(String code, String message) {
    failures++;
    failuresByCode.merge(code, new Failed(1, message), Failed::plus);
  }

  /** An answer may stand in the results of that batch's job that is not among the outcomes. */
  void undelivered(String batchId) {
    undelivered.add(batchId);
  }

  void ended(JobEnded job) {
    over.put(job.getBatchId(), job);
  }

  /** Jobs that have ended. */
  public List<OverJob> over() {
    return over.values().stream()
        .map(job -> new OverJob(job, !undelivered.contains(job.getBatchId())))
        .toList();
  }

  void duplicate() {
    duplicates++;
  }

  void batch(SealedBatch batch) {
    batches.put(batch.getBatchId(), new Sealed(batch.getProvider(), batch.getRequests()));
  }

  void job(JobRecord job) {
    jobs.put(job.getBatchId(), job);
    waiting.note(job);
  }

  void usage(UsageRecord usage) {
    Long cost = usage.getCostPicoUsd();
    Long sync = usage.getSyncCostPicoUsd();
    boolean priced = cost != null && sync != null;
    Spend spend =
        new Spend(
            usage.getUsage().getInput(),
            usage.getUsage().getOutput(),
            cost == null ? 0 : cost,
            sync == null ? 0 : sync,
            priced ? 0 : usage.getRequests());
    spends.merge(usage.getModel(), spend, Spend::plus);
    spendsByProvider.merge(usage.getProvider(), spend, Spend::plus);
  }

  /** Batches that were sealed, by provider. */
  public Map<String, Integer> batches() {
    Map<String, Integer> byProvider = new TreeMap<>();
    batches.values().forEach(batch -> byProvider.merge(batch.provider(), 1, Integer::sum));
    return byProvider;
  }

  /** Tokens and money by model. */
  public Map<String, Spend> spends() {
    return Collections.unmodifiableMap(spends);
  }

  /** Tokens and money by provider. */
  public Map<String, Spend> spendsByProvider() {
    return Collections.unmodifiableMap(spendsByProvider);
  }

  /** Answers whose tokens their provider did not report, or not plausibly. */
  public long unreported() {
    return unreported;
  }

  /** Failures by code. */
  public Map<String, Failed> failuresByCode() {
    return Collections.unmodifiableMap(failuresByCode);
  }

  /** Jobs that the provider has and has not ended. */
  public List<JobRecord> atProvider() {
    return jobs.values().stream().filter(job -> job.getState() == JobStateName.SUBMITTED).toList();
  }

  /**
   * Whether nothing can go on by itself: all jobs that have not ended are in trouble, or all have
   * ended and their results are waited for for longer than a person looks on.
   *
   * @param elsewhere what else waits
   */
  public boolean blocked(List<Waiting> elsewhere) {
    List<JobRecord> open =
        jobs.values().stream().filter(job -> job.getState() != JobStateName.ENDED).toList();
    return open.isEmpty()
        ? elsewhere.stream().anyMatch(Tally::isLong)
        : open.stream().allMatch(job -> waiting.of(job) != null);
  }

  private static boolean isLong(Waiting waiting) {
    Instant until = waiting.until();
    return until == null || until.isAfter(waiting.since().plus(SHORT_WAIT));
  }

  /** Where the run stands, given what was read. */
  public Progress progress(long read, boolean allRead) {
    long sealed = batches.values().stream().mapToLong(Sealed::requests).sum();
    long running = 0;
    long executed = 0;
    for (JobRecord job : jobs.values()) {
      if (job.getState() == JobStateName.ENDED) {
        sealed -= sealedRequests(job);
      } else if (job.getState() == JobStateName.SUBMITTED) {
        sealed -= sealedRequests(job);
        running += job.getRequests();
        executed += job.getDone() + job.getFailed();
      }
    }
    return new Progress(
        read, allRead, sealed, running, executed, results, failures, duplicates, waiting.all());
  }

  private int sealedRequests(JobRecord job) {
    Sealed batch = batches.get(job.getBatchId());
    return batch == null ? 0 : batch.requests();
  }
}
