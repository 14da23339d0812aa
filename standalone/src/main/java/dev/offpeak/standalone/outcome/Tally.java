package dev.offpeak.standalone.outcome;

import dev.offpeak.schemas.avro.JobRecord;
import dev.offpeak.schemas.avro.JobStateName;
import dev.offpeak.schemas.avro.SealedBatch;
import dev.offpeak.schemas.avro.UsageRecord;
import dev.offpeak.standalone.report.Progress;
import dev.offpeak.standalone.report.Spend;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What the topics say of a run so far. Confined to the thread that reads them. */
public final class Tally {

  private long results;
  private long failures;
  private long duplicates;
  private final Map<String, Integer> requestsByBatch = new HashMap<>();
  private final Map<String, Set<String>> batchesByProvider = new TreeMap<>();
  private final Map<String, JobRecord> jobs = new HashMap<>();
  private final Map<String, Spend> spends = new TreeMap<>();
  private final Map<String, Spend> spendsByProvider = new TreeMap<>();
  private final Map<String, Long> failuresByCode = new TreeMap<>();

  void result() {
    results++;
  }

  void failure(String code) {
    failures++;
    failuresByCode.merge(code, 1L, Long::sum);
  }

  void duplicate() {
    duplicates++;
  }

  void batch(SealedBatch batch) {
    requestsByBatch.put(batch.getBatchId(), batch.getRequests());
    batchesByProvider
        .computeIfAbsent(batch.getProvider(), _ -> new HashSet<>())
        .add(batch.getBatchId());
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
    Map<String, Integer> batches = new TreeMap<>();
    batchesByProvider.forEach((provider, ids) -> batches.put(provider, ids.size()));
    return batches;
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
  public Map<String, Long> failuresByCode() {
    return Collections.unmodifiableMap(failuresByCode);
  }

  /** Jobs that the provider has and has not ended. */
  public List<JobRecord> atProvider() {
    return jobs.values().stream().filter(job -> job.getState() == JobStateName.SUBMITTED).toList();
  }

  /** Where the run stands, given what was read. */
  public Progress progress(long read, boolean allRead) {
    long sealed = requestsByBatch.values().stream().mapToLong(Integer::longValue).sum();
    long running = 0;
    long executed = 0;
    String waitsFor = null;
    for (JobRecord job : jobs.values()) {
      if (job.getState() == JobStateName.ENDED) {
        sealed -= requestsByBatch.getOrDefault(job.getBatchId(), 0);
      } else if (job.getState() == JobStateName.SUBMITTED) {
        sealed -= requestsByBatch.getOrDefault(job.getBatchId(), 0);
        running += job.getRequests();
        executed += job.getDone() + job.getFailed();
      }
      if (job.getState() != JobStateName.ENDED && job.getProblem() != null) {
        waitsFor = job.getProblem();
      }
    }
    return new Progress(
        read, allRead, sealed, running, executed, results, failures, duplicates, waitsFor);
  }
}
