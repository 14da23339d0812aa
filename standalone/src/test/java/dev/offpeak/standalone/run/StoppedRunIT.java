package dev.offpeak.standalone.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.offpeak.simulator.Simulator;
import dev.offpeak.simulator.SimulatorConfig;
import dev.offpeak.simulator.job.Pace;
import dev.offpeak.testkit.time.Patience;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** A run that a person stops, and then gives up. */
@Execution(ExecutionMode.CONCURRENT)
class StoppedRunIT {

  private static final int LINES = 1_000;
  private static final Pattern JOB = Pattern.compile("\n  batch_\\w+ +([0-9,]+) requests");
  private static final Pace VERY_SLOW =
      new Pace(Duration.ZERO, Duration.ofMinutes(30), Duration.ZERO, Duration.ZERO);

  @TempDir Path folder;

  private Simulator simulator;
  private SimulatorProbe probe;

  @BeforeEach
  void startSimulator() throws IOException {
    simulator = Simulator.start(SimulatorConfig.defaults().withPace(VERY_SLOW));
    probe = new SimulatorProbe(simulator.baseUri());
    Files.writeString(
        folder.resolve("in"),
        IntStream.rangeClosed(1, LINES)
            .mapToObj(
                i ->
                    ("{\"custom_id\": \"r-%d\", \"method\": \"POST\", \"url\": \"/v1/embeddings\","
                            + " \"body\": {\"model\": \"text-embedding-3-small\","
                            + " \"input\": \"text %d\"}}\n")
                        .formatted(i, i))
            .collect(Collectors.joining()));
  }

  @AfterEach
  void stopSimulator() throws IOException {
    simulator.close();
  }

  @Test
  void stoppedItSaysWhichJobsGoOnAndGivenUpItCollectsWhatThereIs() throws Exception {
    assumeThat(RunProcess.canBeInterrupted())
        .as("neither env --default-signal nor perl nor python3 is here to start it")
        .isTrue();
    int jobs;
    try (RunProcess run = start("said-1")) {
      await()
          .atMost(Patience.LONG)
          .untilAsserted(
              () -> {
                assertThat(probe.linesExecuted()).as(run::said).isPositive();
                assertThat(run.said()).contains("| 0 sealed | 1,000 running |");
              });
      assertThat(run.interrupt()).isEqualTo(130);
      assertThat(run.said()).contains("These jobs go on at the provider:").contains("--cancel");
      List<Integer> requests = requestsOfJobs(run.said());
      assertThat(requests.stream().mapToInt(Integer::intValue).sum()).isEqualTo(LINES);
      jobs = requests.size();
    }

    try (RunProcess run = start("said-2", "--cancel")) {
      assertThat(run.exitCode()).as(run::said).isEqualTo(1);
    }

    OutputLines output = OutputLines.of(folder.resolve("out"));
    assertThat(output.all()).hasSize(LINES);
    assertThat(output.answers()).hasSize((int) probe.linesExecuted()).isNotEmpty();
    assertThat(output.failures()).extracting(OutputLines::code).containsOnly("batch_cancelled");
    JsonNode summary = probe.summary();
    assertThat(summary.path("creates").asInt()).isEqualTo(jobs);
    assertThat(summary.path("bodies_billed_more_than_once").asInt()).isZero();
  }

  /** One job unless the machine is so busy that reading the file outlasts the linger. */
  private static List<Integer> requestsOfJobs(String said) {
    return JOB.matcher(said)
        .results()
        .map(job -> Integer.valueOf(job.group(1).replace(",", "")))
        .toList();
  }

  private RunProcess start(String said, String... more) throws IOException, InterruptedException {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                folder.resolve("in").toString(),
                "-o",
                folder.resolve("out").toString(),
                "--provider",
                "openai",
                "--base-url",
                simulator.baseUri().toString(),
                "--state",
                folder.resolve("state").toString()));
    arguments.addAll(List.of(more));
    return RunProcess.start(folder.resolve(said), Map.of("OPENAI_API_KEY", "sk-test"), arguments);
  }
}
