package dev.offpeak.simulator;

import static dev.offpeak.simulator.Lines.chats;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.offpeak.simulator.WireClient.Answer;
import dev.offpeak.simulator.job.Pace;
import dev.offpeak.simulator.ledger.LedgerSummary;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RestartIT {
  @TempDir private Path data;

  private static JsonNode summary(URI root) throws IOException {
    return Probe.OPENAI.wire(root).admin("GET", "/ledger/summary", "");
  }

  private static Map<Probe, String> createWithEach(URI root, int requests, String padding)
      throws IOException {
    Map<Probe, String> ids = new EnumMap<>(Probe.class);
    for (Probe probe : Probe.values()) {
      ids.put(probe, Probe.id(probe.create(root, requests, padding)));
    }
    return ids;
  }

  private static void checkResults(URI root, Map<Probe, String> ids, int requests)
      throws IOException {
    for (Probe probe : Probe.values()) {
      JsonNode ended = probe.ended(root, ids.get(probe)).json();
      Answer results =
          await()
              .atMost(Duration.ofMinutes(5))
              .until(() -> probe.results(root, ended).getFirst(), a -> a.status() == 200);
      assertThat(results.body().lines().distinct()).as(probe.name()).hasSize(requests);
    }
    assertThat(summary(root).path("lines_executed").intValue()).isEqualTo(3 * requests);
  }

  @Test
  void aKilledProcessGoesOnAndExecutesEachLineOnce() throws Exception {
    // Given
    Map<Probe, String> ids;
    try (SimulatorProcess first =
        SimulatorProcess.start(128, data, "--validation", "0s", "--run", "60s")) {
      URI root = first.root();
      ids = createWithEach(root, 3000, "");
      await()
          .atMost(Duration.ofMinutes(5))
          .pollInterval(Duration.ofMillis(50))
          .untilAsserted(() -> assertThat(summary(root).path("by_provider")).hasSize(3));
      assertThat(summary(root).path("lines_executed").intValue()).isLessThan(9000);
    }
    // When
    try (SimulatorProcess second =
        SimulatorProcess.start(128, data, "--run", "0s", "--finalizing", "0s")) {
      // Then
      checkResults(second.root(), ids, 3000);
      JsonNode summary = summary(second.root());
      assertThat(summary.path("creates").intValue()).isEqualTo(3);
      assertThat(summary.path("bodies_billed_more_than_once").intValue()).isZero();
    }
  }

  @Test
  void largeBatchesNeedLittleMemory() throws Exception {
    // Given
    String padding = " word".repeat(380);
    try (SimulatorProcess process =
        SimulatorProcess.start(
            40, data, "--validation", "0s", "--run", "0s", "--finalizing", "0s")) {
      // When: 16 MB of requests for each provider, all at work at the same time
      Map<Probe, String> ids = createWithEach(process.root(), 8_000, padding);
      // Then
      checkResults(process.root(), ids, 8_000);
    }
  }

  @Test
  void manyUploadsNeedLittleMemory() throws Exception {
    // Given
    try (SimulatorProcess process = SimulatorProcess.start(40, data)) {
      GeminiClient client = GeminiClient.of(process.root());
      // When: none of them is ever finished
      for (int i = 0; i < 300; i++) {
        assertThat(client.start("{}", 5).status()).as("upload %d", i).isEqualTo(200);
      }
      // Then
      checkResults(process.root(), createWithEach(process.root(), 10, ""), 10);
    }
  }

  @Test
  void whatAKilledProcessWroteBeyondItsRecordIsCutOff() throws IOException {
    // Given
    Pace slow = new Pace(Duration.ZERO, Duration.ofHours(10), Duration.ZERO, Duration.ZERO);
    SimulatorConfig config = SimulatorConfig.defaults().withDataFolder(data).withPace(slow);
    String id;
    try (Simulator simulator = Simulator.start(config)) {
      OpenAiClient client = OpenAiClient.of(simulator);
      id = client.created(client.uploaded(chats(100)));
      client.awaitStatus(id, "in_progress");
      simulator.clock().advance(Duration.ofHours(5));
      await()
          .atMost(Duration.ofMinutes(5))
          .untilAsserted(
              () ->
                  assertThat(client.batch(id).at("/request_counts/completed").intValue())
                      .isEqualTo(50));
    }
    append(data.resolve("ledger/" + id + ".ndjson"), "{\"half");
    append(data.resolve("openai/work/" + id + ".output"), "{\"half");
    // When
    try (Simulator simulator = Simulator.start(config)) {
      OpenAiClient client = OpenAiClient.of(simulator);
      LedgerSummary before = simulator.ledger().summary();
      simulator.clock().advance(Duration.ofHours(10));
      simulator.clock().advance(Duration.ofSeconds(1));
      JsonNode batch = client.awaitStatus(id, "completed");
      // Then
      assertThat(before.linesExecuted()).isEqualTo(50);
      assertThat(simulator.ledger().summary().linesExecuted()).isEqualTo(100);
      assertThat(client.lines(batch.path("output_file_id"))).hasSize(100);
      assertThat(batch.at("/usage/output_tokens").longValue())
          .isEqualTo(simulator.ledger().summary().outputTokens());
    }
  }

  @Test
  void whatWasNotRecordedIsNotInTheResultsOfABatchThatIsCancelledAfterTheRestart()
      throws IOException {
    // Given
    Pace slow = new Pace(Duration.ZERO, Duration.ofHours(10), Duration.ZERO, Duration.ZERO);
    SimulatorConfig config = SimulatorConfig.defaults().withDataFolder(data).withPace(slow);
    String id;
    try (Simulator simulator = Simulator.start(config)) {
      OpenAiClient client = OpenAiClient.of(simulator);
      id = client.created(client.uploaded(chats(100)));
      client.awaitStatus(id, "in_progress");
    }
    append(data.resolve("openai/work/" + id + ".output"), "{\"custom_id\":\"unrecorded\"}\n");
    // When
    try (Simulator simulator = Simulator.start(config)) {
      OpenAiClient client = OpenAiClient.of(simulator);
      client.post("/batches/" + id + "/cancel", "");
      JsonNode batch = client.awaitStatus(id, "cancelled");
      // Then
      assertThat(batch.path("output_file_id").isNull()).isTrue();
      assertThat(client.lines(batch.path("error_file_id"))).hasSize(100);
      await()
          .atMost(Duration.ofMinutes(5))
          .untilAsserted(() -> assertThat(data.resolve("openai/work")).isEmptyDirectory());
    }
  }

  private static void append(Path file, String text) throws IOException {
    Files.writeString(file, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }
}
