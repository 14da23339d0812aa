package dev.offpeak.batcher.metric;

import static dev.offpeak.runtime.metrics.Metric.Kind.COUNTER;
import static dev.offpeak.runtime.metrics.Metric.Kind.GAUGE;

import dev.offpeak.runtime.metrics.Metric;
import dev.offpeak.runtime.metrics.MetricDefinition;

/** Every metric of the batcher, in one place. */
public enum BatcherMetric implements MetricDefinition {
  ADMITTED(
      Metric.of(
          "offpeak.batcher.admitted", COUNTER, "requests", "New requests written to llm.lanes.")),
  RETRIED(
      Metric.of(
          "offpeak.batcher.retried", COUNTER, "requests", "Retries written to llm.lanes again.")),
  REJECTED(
      Metric.of(
          "offpeak.batcher.rejected",
          COUNTER,
          "requests",
          "Requests written to llm.failures, custom id conflicts among them.",
          "code")),
  DUPLICATES(
      Metric.of(
          "offpeak.batcher.duplicates",
          COUNTER,
          "requests",
          "Requests dropped since the same one was admitted within the dedup window.")),
  ASSEMBLED(
      Metric.of("offpeak.batcher.assembled", COUNTER, "requests", "Requests that joined a batch.")),
  URGENT(
      Metric.of(
          "offpeak.batcher.urgent",
          COUNTER,
          "requests",
          "Requests handed on to be called synchronously, since no batch could keep their"
              + " deadline.")),
  SEALED(Metric.of("offpeak.batcher.sealed", COUNTER, "batches", "Batches sealed.", "reason")),
  OPEN(
      Metric.of(
          "offpeak.batcher.open", GAUGE, "batches", "Batches that are open on this instance.")),
  OLDEST_OPEN(
      Metric.of(
          "offpeak.batcher.open.oldest",
          GAUGE,
          "seconds",
          "Age of the oldest batch that is open on this instance; 0 when none is.")),
  LAG(
      Metric.of(
          "offpeak.batcher.lag",
          GAUGE,
          "records",
          "Records of llm.requests, llm.retries and llm.lanes that this instance has yet to work"
              + " through, about."));

  // A record whose list can't be changed.
  @SuppressWarnings("ImmutableEnumChecker")
  private final Metric metric;

  BatcherMetric(Metric metric) {
    this.metric = metric;
  }

  @Override
  public Metric metric() {
    return metric;
  }
}
