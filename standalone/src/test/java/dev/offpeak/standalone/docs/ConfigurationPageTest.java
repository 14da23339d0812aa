package dev.offpeak.standalone.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.offpeak.batcher.BatcherConfig;
import dev.offpeak.ingest.IngestConfig;
import dev.offpeak.ledger.LedgerConfig;
import dev.offpeak.results.ResultsConfig;
import dev.offpeak.submitter.SubmitterConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** docs/configuration.md names every setting, with its type and default, and no other. */
class ConfigurationPageTest {

  private static final Path PAGE = Path.of("../docs/configuration.md");

  /** The sections of settings that several services have. */
  private static final List<String> SHARED = List.of("All services", "Accounts");

  private static final Map<String, Class<?>> SERVICES =
      new TreeMap<>(
          Map.of(
              "ingest-service", IngestConfig.class,
              "ledger-service", LedgerConfig.class,
              "batcher-streams", BatcherConfig.class,
              "submitter-service", SubmitterConfig.class,
              "results-service", ResultsConfig.class));

  @TestFactory
  Stream<DynamicTest> everySettingHasARow() throws IOException {
    Map<String, List<String>> page = rowsBySection();
    return SERVICES.entrySet().stream()
        .map(
            service ->
                dynamicTest(
                    service.getKey(),
                    () -> {
                      List<String> rows = rows(page, service.getKey());
                      assertThat(SettingRow.of(service.getValue()))
                          .allSatisfy(
                              setting ->
                                  assertThat(rows)
                                      .anyMatch(row -> row.startsWith(setting.markdown())));
                    }));
  }

  @TestFactory
  Stream<DynamicTest> everyRowIsASetting() throws IOException {
    Map<String, List<String>> page = rowsBySection();
    return SERVICES.entrySet().stream()
        .map(
            service ->
                dynamicTest(
                    service.getKey(),
                    () ->
                        assertThat(page.getOrDefault(service.getKey(), List.of()))
                            .allSatisfy(row -> assertIsSetting(row, service.getValue()))));
  }

  @Test
  void everySharedRowIsASettingOfSomeService() throws IOException {
    Map<String, List<String>> page = rowsBySection();
    Class<?>[] all = SERVICES.values().toArray(Class<?>[]::new);
    for (String section : SHARED) {
      assertThat(page.get(section)).allSatisfy(row -> assertIsSetting(row, all));
    }
  }

  private static void assertIsSetting(String row, Class<?>... configs) {
    assertThat(Stream.of(configs).flatMap(config -> SettingRow.of(config).stream()))
        .as(row)
        .anyMatch(setting -> row.startsWith(setting.markdown()));
  }

  private static List<String> rows(Map<String, List<String>> page, String service) {
    List<String> rows = new ArrayList<>(page.getOrDefault(service, List.of()));
    SHARED.forEach(section -> rows.addAll(page.getOrDefault(section, List.of())));
    return rows;
  }

  private static Map<String, List<String>> rowsBySection() throws IOException {
    Map<String, List<String>> sections = new TreeMap<>();
    String section = "";
    for (String line : Files.readAllLines(PAGE)) {
      if (line.startsWith("## ")) {
        section = line.substring("## ".length());
      } else if (line.startsWith("| `")) {
        sections.computeIfAbsent(section, _ -> new ArrayList<>()).add(line);
      }
    }
    return sections;
  }
}
