package dev.offpeak.results.shared.metric;

import static dev.offpeak.runtime.metrics.Metric.Kind.COUNTER;
import static dev.offpeak.runtime.metrics.Metric.Kind.GAUGE;
import static dev.offpeak.runtime.metrics.Metric.Kind.TIMER;

import dev.offpeak.runtime.metrics.Metric;
import dev.offpeak.runtime.metrics.MetricDefinition;

/** Everything that the results service measures. */
public enum ResultsMetric implements MetricDefinition {
  OUTCOMES(
      Metric.of(
          "offpeak.results.outcomes",
          COUNTER,
          "requests",
          "Outcomes published: answered, retried, or failed by who can do something about it.",
          "account",
          "outcome")),
  TOKENS(
      Metric.of(
          "offpeak.results.tokens",
          COUNTER,
          "tokens",
          "Tokens of billed answers.",
          "account",
          "model",
          "direction")),
  SAVED(
      Metric.of(
          "offpeak.results.saved",
          COUNTER,
          "usd",
          "What the answers would have cost more synchronously.",
          "account",
          "model")),
  JOBS(
      Metric.of(
          "offpeak.results.jobs",
          COUNTER,
          "jobs",
          "Jobs whose requests all have an outcome.",
          "account",
          "ended")),
  JOB_TIME(
      Metric.of(
          "offpeak.results.job.time",
          TIMER,
          "seconds",
          "From the end of a provider's job to the last outcome of its requests.",
          "account")),
  STRAY_LINES(
      Metric.of(
          "offpeak.results.stray.lines",
          COUNTER,
          "lines",
          "Lines of results that were ignored: for no request of the batch, or a second time.",
          "account",
          "reason")),
  FAILED_FETCHES(
      Metric.of(
          "offpeak.results.failed.fetches",
          COUNTER,
          "tries",
          "Tries to fetch a job's results that did not succeed, and are repeated.",
          "account")),
  PROVIDER_CALLS(
      Metric.of(
          "offpeak.results.provider.calls",
          TIMER,
          "seconds",
          "Calls to providers, until the answer begins.",
          "account",
          "operation",
          "outcome")),
  SYNC_CALLS(
      Metric.of(
          "offpeak.results.sync.calls",
          COUNTER,
          "calls",
          "Synchronous calls for requests whose deadline no batch could keep: answered, refused,"
              + " turned_down (not executed, called again), or in_doubt.",
          "account",
          "result")),
  LOST_MANIFESTS(
      Metric.of(
          "offpeak.results.lost.manifests",
          COUNTER,
          "jobs",
          "Jobs whose sealed batch has expired from llm.batches: nobody knows their requests.")),
  UNPROCESSABLE(
      Metric.of(
          "offpeak.results.unprocessable",
          COUNTER,
          "records",
          "Records that break the code which works on them; each is a failure"
              + " unprocessable_record.")),
  UNPRICED_MODELS(
      Metric.of(
          "offpeak.results.unpriced.models",
          COUNTER,
          "models",
          "Models without a price; add them to the price list.")),
  WAITING(
      Metric.of(
          "offpeak.results.waiting",
          GAUGE,
          "jobs",
          "Jobs (and partitions) that wait for a provider or for Kafka."));

  // A record whose list can't be changed.
  @SuppressWarnings("ImmutableEnumChecker")
  private final Metric metric;

  ResultsMetric(Metric metric) {
    this.metric = metric;
  }

  @Override
  public Metric metric() {
    return metric;
  }
}
