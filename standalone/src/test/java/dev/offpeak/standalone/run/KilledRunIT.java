package dev.offpeak.standalone.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.offpeak.simulator.Simulator;
import dev.offpeak.simulator.SimulatorConfig;
import dev.offpeak.simulator.job.Pace;
import dev.offpeak.testkit.time.Patience;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** One run that is killed in each of its phases, and started again each time. */
@Execution(ExecutionMode.CONCURRENT)
class KilledRunIT {

  private static final Duration PATIENCE = Patience.LONG;
  private static final Pace SLOW =
      new Pace(Duration.ZERO, Duration.ofSeconds(3), Duration.ZERO, Duration.ZERO);

  /** Random letters, so that what Kafka keeps of them is not much less than they are. */
  private static final int LINES = 10_000;

  private static final int LETTERS = 1_000;
  private static final long HALF_READ = LINES * (long) LETTERS / 4;

  /** So long a call hangs that its caller is killed in. */
  private static final long HANGING_MILLIS = 1_500;

  @TempDir Path folder;

  private Simulator simulator;
  private SimulatorProbe probe;
  private int starts;

  @BeforeEach
  void startSimulator() throws IOException {
    simulator = Simulator.start(SimulatorConfig.defaults().withPace(SLOW));
    probe = new SimulatorProbe(simulator.baseUri());
  }

  @AfterEach
  void stopSimulator() throws IOException {
    simulator.close();
  }

  @Test
  void killedAndStartedAgainInEachPhaseItExecutesEachRequestOnce() throws Exception {
    writeInput();
    killWhen("reading", () -> bytesRead() > HALF_READ);
    assertThat(bytesRead()).as("bytes read when it was killed").isLessThan(LINES * (long) LETTERS);

    probe.delayNext("upload_file", HANGING_MILLIS);
    killWhen("uploading", probe::delayedCallHasCome);

    probe.delayNext("create_batch", HANGING_MILLIS);
    killWhen("creating", probe::delayedCallHasCome);

    killWhen("running", () -> probe.linesExecuted() > LINES / 10);
    assertThat(probe.linesExecuted()).as("executed when it was killed").isLessThan(LINES);

    probe.delayNext("download_file", HANGING_MILLIS);
    killWhen("downloading", probe::delayedCallHasCome);

    try (RunProcess last = start()) {
      assertThat(last.exitCode()).as(last::said).isZero();
    }
    assertThat(OutputLines.of(results()).answeredIds()).hasSize(LINES).doesNotHaveDuplicates();
    JsonNode summary = probe.summary();
    assertThat(summary.path("lines_executed").asInt()).isEqualTo(LINES);
    assertThat(summary.path("distinct_bodies").asInt()).isEqualTo(LINES);
    assertThat(summary.path("bodies_billed_more_than_once").asInt()).isZero();
  }

  @Test
  void withTheSimulatorInTheSameProcessBothGoOn() throws Exception {
    Path example = Path.of("..", "examples", "three-providers.jsonl").toAbsolutePath();
    List<String> arguments =
        List.of(
            example.toString(),
            "-o",
            results().toString(),
            "--simulator",
            "run=4s",
            "--state",
            folder.resolve("state").toString());
    try (RunProcess run = RunProcess.start(folder.resolve("said"), Map.of(), arguments)) {
      await()
          .atMost(PATIENCE)
          .untilAsserted(() -> assertThat(run.said()).contains("| provider at"));
      run.kill();
    }

    try (RunProcess run = RunProcess.start(folder.resolve("said"), Map.of(), arguments)) {
      assertThat(run.exitCode()).as(run::said).isZero();
    }

    assertThat(OutputLines.of(results()).answeredIds()).hasSize(60).doesNotHaveDuplicates();
    Path data =
        children(folder.resolve("state").resolve("runs").toFile())
            .map(run -> run.toPath().resolve("simulator"))
            .filter(Files::isDirectory)
            .findFirst()
            .orElseThrow();
    try (Simulator again = Simulator.start(SimulatorConfig.defaults().withDataFolder(data))) {
      assertThat(again.ledger().summary().linesExecuted()).isEqualTo(60);
      assertThat(again.ledger().summary().bodiesBilledMoreThanOnce()).isZero();
    }
  }

  private void killWhen(String phase, Callable<Boolean> reached) throws Exception {
    try (RunProcess run = start()) {
      await(phase)
          .atMost(PATIENCE)
          .pollInterval(Duration.ofMillis(20))
          .until(() -> !run.isAlive() || reached.call());
      assertThat(run.isAlive()).as(() -> phase + ": " + run.said()).isTrue();
      run.kill();
    }
  }

  private RunProcess start() throws IOException, InterruptedException {
    return RunProcess.start(
        folder.resolve("said-" + ++starts),
        Map.of("OPENAI_API_KEY", "sk-test"),
        List.of(
            input().toString(),
            "-o",
            results().toString(),
            "--provider",
            "openai",
            "--base-url",
            simulator.baseUri().toString(),
            "--state",
            folder.resolve("state").toString()));
  }

  /** What Kafka has of the input. */
  private long bytesRead() {
    return children(folder.resolve("state").resolve("runs").toFile())
        .flatMap(run -> children(new File(run, "kafka")))
        .filter(partition -> partition.getName().startsWith("llm.requests-"))
        .flatMap(KilledRunIT::children)
        .filter(file -> file.getName().endsWith(".log"))
        .mapToLong(File::length)
        .sum();
  }

  /** Of a folder that may be made, filled or deleted just now. */
  private static Stream<File> children(File folder) {
    File[] children = folder.listFiles();
    return children == null ? Stream.empty() : Stream.of(children);
  }

  private void writeInput() throws IOException {
    Random random = new Random(1);
    try (var out = Files.newBufferedWriter(input())) {
      for (int i = 1; i <= LINES; i++) {
        String letters =
            random
                .ints(LETTERS, 33, 127)
                .mapToObj(c -> c == '"' || c == '\\' ? " " : Character.toString(c))
                .collect(Collectors.joining());
        out.write(
            ("{\"custom_id\": \"r-%d\", \"method\": \"POST\", \"url\": \"/v1/chat/completions\","
                    + " \"body\": {\"model\": \"gpt-4o-mini\", \"max_tokens\": 5, \"messages\":"
                    + " [{\"role\": \"user\", \"content\": \"%s\"}]}}\n")
                .formatted(i, letters));
      }
    }
  }

  private Path input() {
    return folder.resolve("in.jsonl");
  }

  private Path results() {
    return folder.resolve("out.jsonl");
  }
}
