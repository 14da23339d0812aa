package dev.offpeak.simulator;

import static dev.offpeak.simulator.Lines.chats;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.offpeak.simulator.job.Pace;
import dev.offpeak.simulator.ledger.LedgerSummary;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RestartIT {
  @TempDir private Path data;

  private Process start(int maxHeapMiB, String... arguments) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + maxHeapMiB + "m",
                "-cp",
                System.getProperty("java.class.path"),
                SimulatorMain.class.getName(),
                "--port",
                "0",
                "--data",
                data.toString()));
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
  }

  private static OpenAiClient client(Process process) throws IOException {
    BufferedReader out =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    for (String line = out.readLine(); line != null; line = out.readLine()) {
      if (line.startsWith("OpenAI: ")) {
        return new OpenAiClient(URI.create(line.split(" ", -1)[1]), "sk-test");
      }
    }
    throw new IOException("The simulator did not start");
  }

  @Test
  void aKilledProcessGoesOnAndExecutesEachLineOnce() throws Exception {
    // Given
    String id;
    Process first = start(256, "--validation", "0s", "--run", "4s");
    try {
      OpenAiClient client = client(first);
      id = client.created(client.uploaded(chats(5000)));
      await()
          .atMost(Duration.ofSeconds(20))
          .untilAsserted(
              () ->
                  assertThat(client.batch(id).at("/request_counts/completed").intValue())
                      .isBetween(500, 4500));
    } finally {
      // When
      first.destroyForcibly().waitFor();
    }
    Process second = start(256, "--run", "0s", "--finalizing", "0s");
    try {
      OpenAiClient client = client(second);
      JsonNode batch = client.awaitStatus(id, "completed");
      // Then
      TreeSet<String> ids = new TreeSet<>();
      List<JsonNode> lines = client.lines(batch.path("output_file_id"));
      lines.forEach(line -> ids.add(line.path("custom_id").textValue()));
      assertThat(lines).hasSize(5000);
      assertThat(ids).hasSize(5000);
      JsonNode summary = client.admin("GET", "/ledger/summary", "");
      assertThat(summary.path("lines_executed").intValue()).isEqualTo(5000);
      assertThat(summary.path("distinct_bodies").intValue()).isEqualTo(5000);
      assertThat(summary.path("creates").intValue()).isEqualTo(1);
      assertThat(summary.path("uploads").intValue()).isEqualTo(1);
    } finally {
      second.destroyForcibly().waitFor();
    }
  }

  @Test
  void aBatchOfFiftyThousandLinesAndAHundredMegabytesNeedsLittleMemory() throws Exception {
    // Given
    Path input = data.resolveSibling(data.getFileName() + ".jsonl");
    String padding = "word ".repeat(380);
    try (var writer = Files.newBufferedWriter(input, StandardCharsets.UTF_8)) {
      for (int i = 0; i < 50_000; i++) {
        writer.write(Lines.chat("c" + i, padding + i));
      }
    }
    Process process = start(48, "--validation", "0s", "--run", "0s", "--finalizing", "0s");
    try {
      OpenAiClient client = client(process);
      // When
      String id = client.created(client.uploaded(input));
      JsonNode batch = client.awaitStatus(id, "completed");
      // Then
      assertThat(Files.size(input)).isGreaterThan(100_000_000);
      assertThat(batch.at("/request_counts/completed").intValue()).isEqualTo(50_000);
      assertThat(client.admin("GET", "/ledger/summary", "").path("distinct_bodies").intValue())
          .isEqualTo(50_000);
    } finally {
      process.destroyForcibly().waitFor();
      Files.delete(input);
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
      await().untilAsserted(() -> assertThat(data.resolve("openai/work")).isEmptyDirectory());
    }
  }

  private static void append(Path file, String text) throws IOException {
    Files.writeString(file, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }
}
