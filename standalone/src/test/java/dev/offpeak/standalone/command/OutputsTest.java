package dev.offpeak.standalone.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutputsTest {

  @TempDir Path folder;
  private Path input;
  private Path out;

  @BeforeEach
  void write() throws IOException {
    input = Files.writeString(folder.resolve("in.jsonl"), "{}\n");
    out = folder.resolve("out.jsonl");
  }

  @Test
  void twoFilesAreFine() throws IOException {
    assertThat(problem(out, folder.resolve("failures.jsonl"))).isNull();
    assertThat(problem(out, null)).isNull();
    assertThat(problem(Path.of("-"), out)).isNull();
    assertThat(problem(Path.of("/dev/stdout"), out)).isNull();
    assertThat(problem(Path.of("/dev/null"), Path.of("/dev/null"))).isNull();
  }

  @Test
  void oneFileUnderTwoNamesIsRefusedWhetherItIsThereOrNot() throws IOException {
    Path dotted = Path.of(folder + "/./x/../out.jsonl");
    Files.createDirectories(folder.resolve("x"));
    for (int round = 0; round < 2; round++) {
      assertThat(problem(out, dotted)).contains("the same file");
      assertThat(problem(out, out)).contains("the same file");
      Files.writeString(out, "");
    }
    assertThat(problem(Path.of("-"), Path.of("/dev/stdout"))).contains("the same file");
  }

  @Test
  void aLinkIsTheFileThatItLeadsTo() throws IOException {
    Path link = Files.createSymbolicLink(folder.resolve("link"), Path.of("out.jsonl"));
    Path linkedFolder = Files.createSymbolicLink(folder.resolve("here"), folder);

    assertThat(problem(out, link)).contains("the same file");
    assertThat(problem(out, linkedFolder.resolve("out.jsonl"))).contains("the same file");
    Files.writeString(out, "");
    assertThat(problem(out, link)).contains("the same file");
    Path hard = Files.createLink(folder.resolve("hard"), out);
    assertThat(problem(out, hard)).contains("the same file");
  }

  @Test
  void anInputIsNeverWritten() throws IOException {
    Path hard = Files.createLink(folder.resolve("hard"), input);
    Path link = Files.createSymbolicLink(folder.resolve("link"), input);

    for (Path each : List.of(input, hard, link)) {
      assertThat(problem(each, null)).contains("is an input");
      assertThat(problem(out, each)).contains("is an input");
    }
    assertThat(input).hasContent("{}\n");
  }

  @Test
  void neitherIsTheStateNorAFolderNorWhatIsNoFolder() throws IOException {
    assertThat(problem(folder.resolve("state/runs/x"), null)).contains("keep their state");
    assertThat(problem(folder, null)).contains("is a folder");
    assertThat(problem(input.resolve("out"), null)).contains("is no folder");
    assertThat(out).doesNotExist();
  }

  @Test
  void missingFoldersAreMadeAndTold() throws IOException {
    Path deep = folder.resolve("a/b/out.jsonl");

    assertThat(new Outputs(deep, folder.resolve("a/b/failures.jsonl")).makeFolders())
        .containsExactly(folder.resolve("a/b"));
    assertThat(folder.resolve("a/b")).isDirectory();
  }

  private @Nullable String problem(Path results, @Nullable Path failures) throws IOException {
    return new Outputs(results, failures).problem(List.of(input), folder.resolve("state"));
  }
}
