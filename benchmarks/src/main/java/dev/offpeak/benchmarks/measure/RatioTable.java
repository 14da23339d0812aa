package dev.offpeak.benchmarks.measure;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Measurements as a Markdown table. */
public final class RatioTable {

  private static final String HEAD =
      """
      | Offpeak | raw Kafka | Offpeak, s | raw, s | ratio | of the rounds | aim | |
      | --- | --- | ---: | ---: | ---: | --- | --- | --- |
      """;

  private RatioTable() {}

  /** The table, a row for each measurement, ending with a line feed. */
  public static String of(List<Measurement> measurements) {
    return HEAD
        + measurements.stream().map(RatioTable::row).collect(Collectors.joining("\n", "", "\n"));
  }

  private static String row(Measurement measurement) {
    Comparison comparison = measurement.comparison();
    return String.format(
        Locale.ROOT,
        "| %s | %s | %.2f | %.2f | **%.2f** | %s | %s | %s |",
        comparison.ours(),
        comparison.raw(),
        measurement.ourSeconds(),
        measurement.rawSeconds(),
        measurement.ratio(),
        measurement.sortedRatios().stream()
            .map(ratio -> String.format(Locale.ROOT, "%.2f", ratio))
            .collect(Collectors.joining(" ")),
        comparison.aim(),
        comparison.aim().isMet(measurement.ratio()) ? "met" : "missed");
  }
}
