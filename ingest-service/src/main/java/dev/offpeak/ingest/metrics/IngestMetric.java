package dev.offpeak.ingest.metrics;

import static dev.offpeak.runtime.metrics.Metric.Kind.COUNTER;
import static dev.offpeak.runtime.metrics.Metric.Kind.GAUGE;
import static dev.offpeak.runtime.metrics.Metric.Kind.TIMER;

import dev.offpeak.runtime.metrics.Metric;
import dev.offpeak.runtime.metrics.MetricDefinition;

/** The metrics of the ingest-service. */
public enum IngestMetric implements MetricDefinition {
  ANSWERS(
      Metric.of(
          "offpeak.ingest.answers",
          TIMER,
          "seconds",
          "HTTP requests answered, by status, from their headers to the answer.",
          "status")),
  LINES(
      Metric.of(
          "offpeak.ingest.lines",
          COUNTER,
          "lines",
          "Lines acknowledged by Kafka (accepted), or refused, by code.",
          "result")),
  BYTES(
      Metric.of(
          "offpeak.ingest.sent",
          COUNTER,
          "bytes",
          "Bytes of good lines handed to the producer, before compression.")),
  USAGE(
      Metric.of(
          "offpeak.ingest.usage",
          COUNTER,
          "calls",
          "Calls at once whose usage is in llm.usage (written), or could not be put there (lost).",
          "result")),
  STREAMS(Metric.of("offpeak.ingest.streams", GAUGE, "streams", "Bodies that are being read now."));

  // Immutable, but Error Prone takes every List for one that is not.
  @SuppressWarnings("ImmutableEnumChecker")
  private final Metric metric;

  IngestMetric(Metric metric) {
    this.metric = metric;
  }

  @Override
  public Metric metric() {
    return metric;
  }
}
