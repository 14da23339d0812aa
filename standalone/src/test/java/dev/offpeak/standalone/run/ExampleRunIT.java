package dev.offpeak.standalone.run;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
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

/** The example file, with everything in this process. */
class ExampleRunIT {

  private static final Path EXAMPLE = Path.of("..", "examples", "support-tickets.jsonl");
  private static final int LINES = 202;

  @TempDir Path folder;

  private final ByteArrayOutputStream said = new ByteArrayOutputStream();

  @Test
  void everyLineComesToTheEndThatTheExamplesReadmeNames() throws Exception {
    assertThat(run()).isEqualTo(Ended.SOME_FAILED);

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

  private void theSameCommandAgainSubmitsNothingAndWritesTheSame() throws Exception {
    List<JsonNode> before = OutputLines.of(results()).all();
    Files.delete(results());

    assertThat(run()).isEqualTo(Ended.SOME_FAILED);

    assertThat(OutputLines.of(results()).all()).containsExactlyInAnyOrderElementsOf(before);
    assertThat(said.toString(UTF_8)).containsPattern("(?s)(batches +3\n.*){2}");
  }

  private Path results() {
    return folder.resolve("out").resolve("results.jsonl");
  }

  private Path failures() {
    return folder.resolve("out").resolve("failures.jsonl");
  }

  private Ended run() throws Exception {
    RunOptions options =
        new RunOptions(
            List.of(EXAMPLE),
            results(),
            failures(),
            new Destination.Simulated(List.of("gpt-*", "text-embedding-*"), Map.of()),
            folder.resolve("state"),
            false,
            false);
    PrintStream out = new PrintStream(said, true, UTF_8);
    return new Run(options, new RunConsole(out, false, out), Clock.systemUTC()).execute();
  }
}
