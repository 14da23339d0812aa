package dev.offpeak.submitter.metric;

import static dev.offpeak.runtime.metrics.Metric.Kind.COUNTER;
import static dev.offpeak.runtime.metrics.Metric.Kind.GAUGE;
import static dev.offpeak.runtime.metrics.Metric.Kind.TIMER;

import dev.offpeak.runtime.metrics.Metric;
import dev.offpeak.runtime.metrics.MetricDefinition;

/** The metrics of the submitter-service. */
public enum SubmitterMetric implements MetricDefinition {
  JOBS(
      Metric.of(
          "offpeak.submitter.jobs",
          GAUGE,
          "jobs",
          "Jobs of this instance's partitions that have not ended, by state.",
          "state")),
  OLDEST(
      Metric.of(
          "offpeak.submitter.oldest",
          GAUGE,
          "seconds",
          "Age of the oldest batch that is not at a provider; llm.lanes must keep it.")),
  RETENTION(
      Metric.of(
          "offpeak.submitter.retention",
          GAUGE,
          "ratio",
          "Share of the retention of llm.lanes that the oldest such batch has used up.")),
  ENDED(
      Metric.of(
          "offpeak.submitter.ended",
          COUNTER,
          "jobs",
          "Jobs that have ended, by account and how.",
          "account",
          "as")),
  CALLS(
      Metric.of(
          "offpeak.submitter.calls",
          TIMER,
          "seconds",
          "Calls to providers, by account, operation and outcome (HTTP status or our word).",
          "account",
          "operation",
          "outcome")),
  UPLOADED(
      Metric.of(
          "offpeak.submitter.uploaded",
          COUNTER,
          "bytes",
          "Bytes of input files that providers have taken.",
          "account")),
  DOUBTS(
      Metric.of(
          "offpeak.submitter.doubts",
          COUNTER,
          "jobs",
          "Creates without a clear answer, by how they were settled: adopted, anew, quarantined.",
          "account",
          "settled")),
  TROUBLED(
      Metric.of(
          "offpeak.submitter.troubled",
          GAUGE,
          "jobs",
          "Jobs that wait for a reason; `offpeak jobs` and health say which.")),
  REPEATED(
      Metric.of(
          "offpeak.submitter.repeated",
          COUNTER,
          "steps",
          "Steps of jobs that failed and are repeated with growing waits, by account and step.",
          "account",
          "step")),
  UNPROCESSABLE(
      Metric.of(
          "offpeak.submitter.unprocessable",
          COUNTER,
          "records",
          "Records that were left out because nothing can be done with them, by topic.",
          "topic")),
  REMOVED(
      Metric.of(
          "offpeak.submitter.removed",
          COUNTER,
          "leftovers",
          "Files and running jobs that the janitor has removed because no live job has them.",
          "account",
          "kind")),
  PAUSED(
      Metric.of(
          "offpeak.submitter.paused",
          GAUGE,
          "accounts",
          "1 while the account is not called: bad key, no funds, or paused by an operator.",
          "account")),
  PARTITIONS(
      Metric.of(
          "offpeak.submitter.partitions",
          GAUGE,
          "partitions",
          "Partitions that this instance owns.")),
  OWNERSHIP_LOST(
      Metric.of(
          "offpeak.submitter.ownership.lost",
          COUNTER,
          "partitions",
          "Times that a partition's ledger could no longer be written: fenced, or broker away."));

  // Immutable, but Error Prone takes every List for one that is not.
  @SuppressWarnings("ImmutableEnumChecker")
  private final Metric metric;

  SubmitterMetric(Metric metric) {
    this.metric = metric;
  }

  @Override
  public Metric metric() {
    return metric;
  }
}
