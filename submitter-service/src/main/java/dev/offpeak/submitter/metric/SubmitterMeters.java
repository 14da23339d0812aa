package dev.offpeak.submitter.metric;

import dev.offpeak.core.lane.Provider;
import dev.offpeak.provider.CallListener;
import dev.offpeak.provider.Leftover;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Supplier;

/** Takes the measurements. */
public final class SubmitterMeters implements CallListener {

  private final MeterRegistry registry;

  public SubmitterMeters(MeterRegistry registry) {
    this.registry = registry;
  }

  @Override
  public void called(
      Provider provider, String account, String operation, String outcome, Duration took) {
    SubmitterMetric.CALLS.timer(registry, account, operation, outcome).record(took);
  }

  /** A job has ended. */
  public void ended(String account, String as) {
    SubmitterMetric.ENDED.counter(registry, account, as).increment();
  }

  /** A provider has taken an input file. */
  public void uploaded(String account, long bytes) {
    SubmitterMetric.UPLOADED.counter(registry, account).increment((double) bytes);
  }

  /**
   * A create without a clear answer was settled.
   *
   * @param settled adopted, anew or quarantined
   */
  public void doubtSettled(String account, String settled) {
    SubmitterMetric.DOUBTS.counter(registry, account, settled).increment();
  }

  /** A record was left out because nothing can be done with it. */
  public void unprocessable(String topic) {
    SubmitterMetric.UNPROCESSABLE.counter(registry, topic).increment();
  }

  /** A step of a job has failed and is repeated. */
  public void repeated(String account, String step) {
    SubmitterMetric.REPEATED.counter(registry, account, step.toLowerCase(Locale.ROOT)).increment();
  }

  /** Jobs that wait for a reason, asked for when the metric is read. */
  public void watchTroubled(Supplier<Number> jobs) {
    var _ = SubmitterMetric.TROUBLED.gauge(registry, jobs);
  }

  /** The janitor has removed something. */
  public void removed(String account, Leftover.Kind kind) {
    String id = kind.name().toLowerCase(Locale.ROOT);
    SubmitterMetric.REMOVED.counter(registry, account, id).increment();
  }

  /** A partition was lost. */
  public void ownershipLost() {
    SubmitterMetric.OWNERSHIP_LOST.counter(registry).increment();
  }

  /** Jobs in that state, asked for when the metric is read. */
  public void watchJobs(String state, Supplier<Number> jobs) {
    var _ = SubmitterMetric.JOBS.gauge(registry, jobs, state);
  }

  /** Seconds since the oldest held batch was sealed. */
  public void watchOldest(Supplier<Number> seconds) {
    var _ = SubmitterMetric.OLDEST.gauge(registry, seconds);
  }

  /** Share of the retention that the oldest held batch has used up. */
  public void watchRetention(Supplier<Number> used) {
    var _ = SubmitterMetric.RETENTION.gauge(registry, used);
  }

  /** 1 while the account is not called. */
  public void watchPaused(String account, Supplier<Number> paused) {
    var _ = SubmitterMetric.PAUSED.gauge(registry, paused, account);
  }

  /** Partitions owned. */
  public void watchPartitions(Supplier<Number> partitions) {
    var _ = SubmitterMetric.PARTITIONS.gauge(registry, partitions);
  }
}
