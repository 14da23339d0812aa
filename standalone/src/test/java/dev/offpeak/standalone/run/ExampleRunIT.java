package dev.offpeak.standalone.run;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import dev.offpeak.core.lane.Provider;
import dev.offpeak.standalone.node.Destination;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example files, with everything in this process. */
class ExampleRunIT {

  private static final Path EXAMPLE = Path.of("..", "examples", "support-tickets.jsonl");
  private static final Path THREE_PROVIDERS = Path.of("..", "examples", "three-providers.jsonl");
  private static final int LINES = 202;

  @TempDir Path folder;

  private final ByteArrayOutputStream said = new ByteArrayOutputStream();

  @Test
  void everyLineComesToTheEndThatTheExamplesReadmeNames() throws Exception {
    assertThat(run(EXAMPLE)).isEqualTo(Ended.SOME_FAILED);

    OutputLines lines = OutputLines.of(results());
    assertThat(lines.answeredIds()).hasSize(LINES - 6).doesNotHaveDuplicates();
    assertThat(OutputLines.of(failures()).all())
        .extracting(OutputLines::code, failure -> failure.get("custom_id").asText())
        .containsExactlyInAnyOrder(
            tuple("malformed_record", "tag-broken"),
            tuple("invalid_custom_id", "null"),
            tuple("custom_id_conflict", "tag-0013"),
            tuple("unsupported_parameter", "tag-stream"),
            tuple("unknown_model", "tag-model"));
    assertThat(OutputLines.of(failures()).all())
        .extracting(OutputLines::original)
        .isSubsetOf(Files.readAllLines(EXAMPLE));
    assertThat(said.toString(UTF_8))
        .contains("202 read")
        .containsPattern("succeeded +196\n")
        .containsPattern("failed +5\n")
        .containsPattern("duplicates +1 ")
        .containsPattern("batches +3\n")
        .containsPattern("saved +\\$0\\.\\d+ \\(50%\\)");

    theSameCommandAgainSubmitsNothingAndWritesTheSame();
  }

  @Test
  void linesOfThreeProvidersGoToTheirOwnBatchesAndComeBackInTheirOwnShapes() throws Exception {
    assertThat(run(THREE_PROVIDERS)).isEqualTo(Ended.ALL_SUCCEEDED);

    List<JsonNode> lines = OutputLines.of(results()).all();
    assertThat(lines).hasSize(60);
    Map<String, List<JsonNode>> byAccount =
        lines.stream().collect(groupingBy(line -> line.at("/offpeak/account").asText()));
    assertThat(byAccount.get("simulator-openai"))
        .hasSize(24)
        .allSatisfy(
            line ->
                assertThat(line.at("/response/body/object").asText()).isEqualTo("chat.completion"));
    assertThat(byAccount.get("simulator-anthropic"))
        .hasSize(24)
        .allSatisfy(
            line -> {
              assertThat(line.at("/result/type").asText()).isEqualTo("succeeded");
              assertThat(line.at("/result/message/type").asText()).isEqualTo("message");
            });
    assertThat(byAccount.get("simulator-gemini"))
        .hasSize(12)
        .allSatisfy(
            line -> {
              assertThat(line.get("key").asText()).startsWith("sign-");
              assertThat(line.at("/response/candidates")).isNotEmpty();
            });
    assertThat(lines)
        .extracting(line -> line.at("/offpeak/batch_id").asText() + batchKey(line))
        .as("no batch holds lines of two providers, nor of two models but at Anthropic")
        .doesNotContain("")
        .satisfies(keys -> assertThat(keys.stream().distinct()).hasSize(4));
    assertThat(said.toString(UTF_8))
        .containsPattern("batches +4 \\(anthropic 1, gemini 1, openai 2\\)\n")
        .containsPattern("cost +\\$0\\.\\d+\n +anthropic: \\$0\\.\\d+\n +gemini: .*\n +openai: ");
  }

  private static String batchKey(JsonNode line) {
    String account = line.at("/offpeak/account").asText();
    return account.equals("simulator-anthropic") ? account : line.at("/offpeak/model").asText();
  }

  private void theSameCommandAgainSubmitsNothingAndWritesTheSame() throws Exception {
    List<JsonNode> before = OutputLines.of(results()).all();
    Files.delete(results());

    assertThat(run(EXAMPLE)).isEqualTo(Ended.SOME_FAILED);

    assertThat(OutputLines.of(results()).all()).containsExactlyInAnyOrderElementsOf(before);
    assertThat(said.toString(UTF_8)).containsPattern("(?s)(batches +3\n.*){2}");
  }

  private Path results() {
    return folder.resolve("out").resolve("results.jsonl");
  }

  private Path failures() {
    return folder.resolve("out").resolve("failures.jsonl");
  }

  private Ended run(Path input) throws Exception {
    RunOptions options =
        new RunOptions(
            List.of(input),
            results(),
            failures(),
            new Destination.Simulated(
                Map.of(
                    Provider.OPENAI, List.of("gpt-*", "text-embedding-*"),
                    Provider.ANTHROPIC, List.of("claude-*"),
                    Provider.GEMINI, List.of("gemini-*")),
                Map.of()),
            Asking.NOTHING,
            Deadlines.NONE,
            folder.resolve("state"),
            false,
            false);
    PrintStream out = new PrintStream(said, true, UTF_8);
    return new Run(options, new RunConsole(out, false, out), Clock.systemUTC()).execute();
  }
}
