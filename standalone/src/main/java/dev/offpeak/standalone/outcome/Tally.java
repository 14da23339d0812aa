package dev.offpeak.standalone.outcome;

import dev.offpeak.runtime.health.Waiting;
import dev.offpeak.schemas.avro.JobRecord;
import dev.offpeak.schemas.avro.JobStateName;
import dev.offpeak.schemas.avro.SealedBatch;
import dev.offpeak.schemas.avro.UsageRecord;
import dev.offpeak.standalone.report.Failed;
import dev.offpeak.standalone.report.Progress;
import dev.offpeak.standalone.report.Spend;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What the topics say of a run so far. Confined to the thread that reads them. */
public final class Tally {

  private long results;
  private long failures;
  private long duplicates;
  private final Map<String, Sealed> batches = new HashMap<>();
  private final Map<String, JobRecord> jobs = new HashMap<>();
  private final Map<String, Spend> spends = new TreeMap<>();
  private final Map<String, Spend> spendsByProvider = new TreeMap<>();
  private final Map<String, Failed> failuresByCode = new TreeMap<>();

  /** What is kept of a sealed batch. */
  private record Sealed(String provider, int requests) {}

  void result() {
    results++;
  }

  void failure(String code, String message) {
    failures++;
    failuresByCode.merge(code, new Failed(1, message), Failed::plus);
  }

  void duplicate() {
    duplicates++;
  }

  void batch(SealedBatch batch) {
    batches.put(batch.getBatchId(), new Sealed(batch.getProvider(), batch.getRequests()));
  }

  void job(JobRecord job) {
    jobs.put(job.getBatchId(), job);
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

  /** Failures by code. */
  public Map<String, Failed> failuresByCode() {
    return Collections.unmodifiableMap(failuresByCode);
  }

  /** Jobs that the provider has and has not ended. */
  public List<JobRecord> atProvider() {
    return jobs.values().stream().filter(job -> job.getState() == JobStateName.SUBMITTED).toList();
  }

  /**
   * Whether nothing can go on by itself: all jobs that have not ended say what they wait for, or
   * all have ended and their results are waited for without a bound.
   *
   * @param elsewhere what else waits
   */
  public boolean blocked(List<Waiting> elsewhere) {
    List<JobRecord> open =
        jobs.values().stream().filter(job -> job.getState() != JobStateName.ENDED).toList();
    return open.isEmpty()
        ? elsewhere.stream().anyMatch(each -> each.until() == null)
        : open.stream().allMatch(job -> job.getProblem() != null);
  }

  private List<Waiting> waits() {
    return jobs.values().stream()
        .filter(job -> job.getState() != JobStateName.ENDED && job.getProblem() != null)
        .map(Tally::waiting)
        .sorted(Comparator.comparing(Waiting::since))
        .toList();
  }

  private static Waiting waiting(JobRecord job) {
    return new Waiting(
        "batch " + job.getBatchId(), job.getProblem(), job.getSince(), job.getNotBefore());
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
        read, allRead, sealed, running, executed, results, failures, duplicates, waits());
  }

  private int sealedRequests(JobRecord job) {
    Sealed batch = batches.get(job.getBatchId());
    return batch == null ? 0 : batch.requests();
  }
}
