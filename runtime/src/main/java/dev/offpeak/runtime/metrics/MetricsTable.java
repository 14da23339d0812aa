package dev.offpeak.runtime.metrics;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The documentation of metrics as rows of a Markdown table, and whether a page has them all. */
public final class MetricsTable {

  private static final List<String> HEAD =
      List.of("| metric | kind | unit | tags | meaning |", "| --- | --- | --- | --- | --- |");

  private MetricsTable() {}

  /** The whole table for the documentation, ending with a line feed. */
  public static String markdown(MetricDefinition... definitions) {
    return String.join("\n", HEAD)
        + "\n"
        + Arrays.stream(definitions).map(MetricsTable::row).collect(Collectors.joining("\n"))
        + "\n";
  }

  /** The rows that a page should have and has not, for a test that keeps the page true. */
  public static List<String> missingFrom(String page, MetricDefinition... definitions) {
    return Arrays.stream(definitions)
        .map(MetricsTable::row)
        .filter(row -> !page.contains(row))
        .toList();
  }

  private static String row(MetricDefinition definition) {
    var metric = definition.metric();
    return "| `%s` | %s | %s | %s | %s |"
        .formatted(
            metric.name(),
            metric.kind().name().toLowerCase(Locale.ROOT),
            metric.unit(),
            metric.tags().stream().map(tag -> "`" + tag + "`").collect(Collectors.joining(", ")),
            metric.meaning());
  }
}
