package dev.offpeak.results.shared.metric;

import dev.offpeak.schemas.avro.UsageRecord;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;

/** Writes the service's measurements. */
public final class ResultsMeters {

  private static final double PICO = 1e-12;

  private final MeterRegistry registry;

  /** Measurements of that registry. */
  public ResultsMeters(MeterRegistry registry) {
    this.registry = registry;
  }

  /** What waits is counted by the given function. */
  public void watchWaiting(Supplier<Number> waiting) {
    ResultsMetric.WAITING.gauge(registry, waiting);
  }

  /** A job's requests all have outcomes. */
  public void jobDone(String account, String ended, Duration time) {
    ResultsMetric.JOBS.counter(registry, account, ended.toLowerCase(Locale.ROOT)).increment();
    ResultsMetric.JOB_TIME.timer(registry, account).record(time);
  }

  /** A job's download is complete. */
  public void downloaded(String account, int foreign, int duplicates) {
    ResultsMetric.STRAY_LINES.counter(registry, account, "foreign").increment(foreign);
    ResultsMetric.STRAY_LINES.counter(registry, account, "duplicate").increment(duplicates);
  }

  /** A try to fetch a job's results did not succeed. */
  public void fetchFailed(String account) {
    ResultsMetric.FAILED_FETCHES.counter(registry, account).increment();
  }

  /** A call to a provider has ended. */
  public void called(String account, String operation, String outcome, Duration took) {
    ResultsMetric.PROVIDER_CALLS.timer(registry, account, operation, outcome).record(took);
  }

  /**
   * A synchronous call has come to something.
   *
   * @param result answered, refused, turned_down or in_doubt
   */
  public void calledSynchronously(String account, String result) {
    ResultsMetric.SYNC_CALLS.counter(registry, account, result).increment();
  }

  /** A sealed batch is no more. */
  public void manifestLost() {
    ResultsMetric.LOST_MANIFESTS.counter(registry).increment();
  }

  /** A record broke the code which works on it. */
  public void unprocessable() {
    ResultsMetric.UNPROCESSABLE.counter(registry).increment();
  }

  /** A model has no price. */
  public void unpricedModel() {
    ResultsMetric.UNPRICED_MODELS.counter(registry).increment();
  }

  /** Outcomes were committed. */
  public void published(String account, Map<OutcomeKind, Long> outcomes, List<UsageRecord> usage) {
    outcomes.forEach(
        (kind, count) ->
            ResultsMetric.OUTCOMES
                .counter(registry, account, kind.name().toLowerCase(Locale.ROOT))
                .increment(count));
    usage.forEach(this::billed);
  }

  private void billed(UsageRecord usage) {
    String account = usage.getAccount();
    String model = usage.getModel();
    var tokens = usage.getUsage();
    ResultsMetric.TOKENS
        .counter(registry, account, model, "input")
        .increment((double) tokens.getInput());
    ResultsMetric.TOKENS
        .counter(registry, account, model, "output")
        .increment((double) tokens.getOutput());
    Long cost = usage.getCostPicoUsd();
    Long sync = usage.getSyncCostPicoUsd();
    if (cost != null && sync != null) {
      ResultsMetric.SAVED.counter(registry, account, model).increment((sync - cost) * PICO);
    }
  }
}
