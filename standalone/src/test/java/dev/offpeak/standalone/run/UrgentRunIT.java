package dev.offpeak.standalone.run;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.offpeak.batcher.admit.DeadlinePolicy;
import dev.offpeak.core.lane.Provider;
import dev.offpeak.standalone.node.Destination;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs whose answers are needed before any batch could bring them. */
class UrgentRunIT {

  private static final Path THREE_PROVIDERS = Path.of("..", "examples", "three-providers.jsonl");

  @TempDir Path folder;
  private final ByteArrayOutputStream said = new ByteArrayOutputStream();

  @Test
  void linesAreCalledSynchronouslyAtFullPriceAndComeBackInTheirOwnShapes() throws Exception {
    assertThat(run(DeadlinePolicy.SYNC)).isEqualTo(Ended.ALL_SUCCEEDED);

    List<JsonNode> lines = OutputLines.of(results()).all();
    assertThat(lines)
        .hasSize(60)
        .allSatisfy(
            line -> {
              assertThat(line.at("/offpeak/mode").asText()).isEqualTo("sync");
              assertThat(line.at("/offpeak/saved_usd").asText()).isEqualTo("0");
              assertThat(line.at("/offpeak/cost_usd").asDouble()).isPositive();
            });
    assertThat(lines).filteredOn(line -> line.at("/response/candidates").isArray()).hasSize(12);
    assertThat(said.toString(UTF_8))
        .containsPattern("succeeded +60\n")
        .containsPattern("batches +0\n")
        .containsPattern("saved +\\$0\\.00 ");
  }

  @Test
  void withoutThePolicyTheyFailAndSayWhy() throws Exception {
    assertThat(run(DeadlinePolicy.FAIL)).isEqualTo(Ended.SOME_FAILED);

    assertThat(OutputLines.of(results()).all())
        .hasSize(60)
        .allSatisfy(line -> assertThat(OutputLines.code(line)).isEqualTo("deadline_too_near"));
  }

  private Path results() {
    return folder.resolve("results.jsonl");
  }

  private Ended run(DeadlinePolicy policy) throws Exception {
    RunOptions options =
        new RunOptions(
            List.of(THREE_PROVIDERS),
            results(),
            null,
            new Destination.Simulated(
                Map.of(
                    Provider.OPENAI, List.of("gpt-*", "text-embedding-*"),
                    Provider.ANTHROPIC, List.of("claude-*"),
                    Provider.GEMINI, List.of("gemini-*")),
                Map.of()),
            Asking.NOTHING,
            new Deadlines(Duration.ofMinutes(10), policy),
            folder.resolve("state"),
            false,
            false);
    PrintStream out = new PrintStream(said, true, UTF_8);
    return new Run(options, new RunConsole(out, false, out), Clock.systemUTC()).execute();
  }
}
