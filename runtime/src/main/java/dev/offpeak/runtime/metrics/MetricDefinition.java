package dev.offpeak.runtime.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Timer;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * One of a service's metrics. Each service has a single enum of them, so that what is measured can
 * be read, and documented, in one place:
 *
 * <pre>{@code
 * enum SubmitterMetric implements MetricDefinition {
 *   JOBS(Metric.of("offpeak.submitter.jobs", GAUGE, "jobs", "Jobs at the provider.", "account"));
 *   ...
 * }
 * }</pre>
 *
 * <p>The methods take one value per tag, in the definition's order. Asking twice for the same
 * counter, timer or summary gives the same one.
 */
public interface MetricDefinition {

  /** What it is. */
  Metric metric();

  /** The counter with the given tag values. */
  default Counter counter(MeterRegistry registry, String... tagValues) {
    return Counter.builder(checked(Metric.Kind.COUNTER).name())
        .baseUnit(metric().unit())
        .description(metric().meaning())
        .tags(tags(tagValues))
        .register(registry);
  }

  /** The timer with the given tag values. */
  default Timer timer(MeterRegistry registry, String... tagValues) {
    return Timer.builder(checked(Metric.Kind.TIMER).name())
        .description(metric().meaning())
        .tags(tags(tagValues))
        .register(registry);
  }

  /** The summary of sizes with the given tag values. */
  default DistributionSummary summary(MeterRegistry registry, String... tagValues) {
    return DistributionSummary.builder(checked(Metric.Kind.SUMMARY).name())
        .baseUnit(metric().unit())
        .description(metric().meaning())
        .tags(tags(tagValues))
        .register(registry);
  }

  /** A gauge with the given tag values that asks for its value whenever it is read. */
  default Gauge gauge(MeterRegistry registry, Supplier<Number> value, String... tagValues) {
    return Gauge.builder(checked(Metric.Kind.GAUGE).name(), value)
        .baseUnit(metric().unit())
        .description(metric().meaning())
        .tags(tags(tagValues))
        .register(registry);
  }

  private Metric checked(Metric.Kind wanted) {
    if (metric().kind() != wanted) {
      throw new IllegalStateException(
          "metric " + metric().name() + " is a " + metric().kind() + ", not a " + wanted);
    }
    return metric();
  }

  private List<Tag> tags(String... values) {
    var names = metric().tags();
    if (names.size() != values.length) {
      throw new IllegalArgumentException(
          "metric " + metric().name() + " needs a value for each of its tags " + names);
    }
    return IntStream.range(0, values.length)
        .mapToObj(i -> Tag.of(names.get(i), values[i]))
        .toList();
  }
}
