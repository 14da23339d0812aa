package dev.offpeak.standalone.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Alerts and dashboard name only metrics that docs/metrics.md has, as Prometheus spells them. */
class AlertsTest {

  private static final Pattern ROW =
      Pattern.compile("^\\| `(offpeak[a-z.]+)` \\| (\\w+) \\| (\\w+) \\|", Pattern.MULTILINE);
  private static final Pattern NAME = Pattern.compile("offpeak_[a-z_]+");

  private static Set<String> known() throws IOException {
    Set<String> names = new TreeSet<>();
    Matcher rows = ROW.matcher(Files.readString(Path.of("../docs/metrics.md")));
    while (rows.find()) {
      String unit = rows.group(3);
      String dotted = rows.group(1).replace('.', '_');
      String name = dotted.endsWith("_" + unit) ? dotted : dotted + "_" + unit;
      switch (rows.group(2)) {
        case "timer" -> names.addAll(Set.of(name + "_count", name + "_sum", name + "_max"));
        case "counter" -> names.add(name + "_total");
        default -> names.add(name);
      }
    }
    return names;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../deploy/prometheus/offpeak-alerts.yaml",
        "../deploy/grafana/offpeak-dashboard.json"
      })
  void eachMetricExists(String file) throws IOException {
    Set<String> named = new TreeSet<>();
    Matcher names = NAME.matcher(Files.readString(Path.of(file)));
    while (names.find()) {
      named.add(names.group());
    }
    assertThat(named).hasSizeGreaterThan(8);
    assertThat(known()).containsAll(named);
  }
}
