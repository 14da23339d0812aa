package dev.offpeak.runtime.metrics;

import java.util.List;

/**
 * What a metric is.
 *
 * @param name with dots, such as {@code offpeak.submitter.jobs}; Prometheus shows underscores
 * @param kind how it behaves
 * @param unit of its values, such as {@code seconds}, {@code bytes} or {@code requests}
 * @param meaning one sentence for people who read dashboards
 * @param tags by which it is broken down, in order
 */
public record Metric(String name, Kind kind, String unit, String meaning, List<String> tags) {

  /** How a metric behaves. */
  public enum Kind {
    /** Only rises; its rate matters. */
    COUNTER,
    /** Goes up and down. */
    GAUGE,
    /** Counts events and adds up how long they took. */
    TIMER,
    /** Counts events and adds up their sizes. */
    SUMMARY
  }

  public Metric {
    if (!name.matches("offpeak(\\.[a-z0-9]+)+")) {
      throw new IllegalArgumentException(
          "metric '" + name + "' must be offpeak and lower-case words separated by dots");
    }
    if (meaning.isBlank()) {
      throw new IllegalArgumentException("metric '" + name + "' must say what it means");
    }
    tags = List.copyOf(tags);
  }

  /** A metric broken down by the given tags. */
  public static Metric of(String name, Kind kind, String unit, String meaning, String... tags) {
    return new Metric(name, kind, unit, meaning, List.of(tags));
  }
}
