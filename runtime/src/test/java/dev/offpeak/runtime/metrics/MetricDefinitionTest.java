package dev.offpeak.runtime.metrics;

import static dev.offpeak.runtime.metrics.Metric.Kind.COUNTER;
import static dev.offpeak.runtime.metrics.Metric.Kind.GAUGE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;

class MetricDefinitionTest {

  private enum SampleMetric implements MetricDefinition {
    LINES(Metric.of("offpeak.sample.lines", COUNTER, "lines", "Lines read.", "account", "model")),
    OPEN(Metric.of("offpeak.sample.open", GAUGE, "batches", "Open batches."));

    private final Metric metric;

    SampleMetric(Metric metric) {
      this.metric = metric;
    }

    @Override
    public Metric metric() {
      return metric;
    }
  }

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

  @Test
  void meansTheSameMeterWheneverAskedWithTheSameTags() {
    SampleMetric.LINES.counter(registry, "openai", "gpt").increment(2);
    SampleMetric.LINES.counter(registry, "openai", "gpt").increment();
    SampleMetric.OPEN.gauge(registry, () -> 7);

    assertThat(
            registry
                .get("offpeak.sample.lines")
                .tags("account", "openai", "model", "gpt")
                .counter()
                .count())
        .isEqualTo(3);
    assertThat(registry.get("offpeak.sample.open").gauge().value()).isEqualTo(7);
  }

  @Test
  void refusesOtherTagsAndKindsThanDefined() {
    assertThatThrownBy(() -> SampleMetric.LINES.counter(registry, "openai"))
        .hasMessageContaining("offpeak.sample.lines")
        .hasMessageContaining("[account, model]");
    assertThatThrownBy(() -> SampleMetric.OPEN.counter(registry))
        .hasMessageContaining("is a GAUGE, not a COUNTER");
  }

  @Test
  void refusesNamesThatDoNotFitTheOthers() {
    assertThatThrownBy(() -> Metric.of("lines_read", COUNTER, "lines", "Lines read."))
        .hasMessageContaining("lines_read");
  }

  @Test
  void thePageOfMetricsIsCompleteOrSaysWhatIsMissing() {
    var page = MetricsTable.markdown(SampleMetric.LINES);

    assertThat(page)
        .isEqualTo(
            """
            | metric | kind | unit | tags | meaning |
            | --- | --- | --- | --- | --- |
            | `offpeak.sample.lines` | counter | lines | `account`, `model` | Lines read. |
            """);
    assertThat(MetricsTable.missingFrom(page, SampleMetric.values()))
        .containsExactly("| `offpeak.sample.open` | gauge | batches |  | Open batches. |");
  }
}
