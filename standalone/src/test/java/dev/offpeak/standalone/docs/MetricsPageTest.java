package dev.offpeak.standalone.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.offpeak.batcher.metric.BatcherMetric;
import dev.offpeak.ingest.metrics.IngestMetric;
import dev.offpeak.results.shared.metric.ResultsMetric;
import dev.offpeak.runtime.metrics.MetricDefinition;
import dev.offpeak.runtime.metrics.MetricsTable;
import dev.offpeak.submitter.metric.SubmitterMetric;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** docs/metrics.md is made from the catalogues of metrics. */
class MetricsPageTest {

  private static final Path PAGE = Path.of("../docs/metrics.md");

  private static final Map<String, MetricDefinition[]> SERVICES = new LinkedHashMap<>();

  static {
    SERVICES.put("ingest-service", IngestMetric.values());
    SERVICES.put("batcher-streams", BatcherMetric.values());
    SERVICES.put("submitter-service", SubmitterMetric.values());
    SERVICES.put("results-service", ResultsMetric.values());
  }

  @Test
  void tablesAreThoseOfTheCatalogues() throws IOException {
    String page = Files.readString(PAGE);

    String tables = page.substring(page.indexOf("## "));

    assertThat(tables)
        .as("the tables of docs/metrics.md; replace them by what is expected here")
        .isEqualTo(
            SERVICES.entrySet().stream()
                .map(
                    service ->
                        "## %s\n\n%s"
                            .formatted(service.getKey(), MetricsTable.markdown(service.getValue())))
                .collect(Collectors.joining("\n")));
  }
}
