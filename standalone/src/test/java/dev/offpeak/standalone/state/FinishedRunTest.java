package dev.offpeak.standalone.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FinishedRunTest {

  @TempDir private Path folder;
  private Path results;
  private Path failures;

  @BeforeEach
  void aFinishedRun() throws IOException {
    results = Files.writeString(folder.resolve("results.jsonl"), "{\"a\":1}\n");
    failures = Files.writeString(folder.resolve("failures.jsonl"), "{\"b\":1}\n");
    FinishedRun.note(folder, false, "  requests     2\n  took         1.0 s\n", outputs());
  }

  @Test
  void isFoundWithTheFilesAsTheyWereWritten() throws IOException {
    FinishedRun found = FinishedRun.in(folder, outputs()).orElseThrow();
    assertThat(found.allSucceeded()).isFalse();
    assertThat(found.summary()).isEqualTo("  requests     2\n  took         1.0 s\n");
  }

  @Test
  void isNotFoundWhenAFileIsGone() throws IOException {
    Files.delete(failures);
    assertThat(FinishedRun.in(folder, outputs())).isEmpty();
  }

  @Test
  void isNotFoundWhenAFileWasChangedAndIsAsLong() throws IOException {
    Files.writeString(results, "{\"a\":2}\n");
    assertThat(FinishedRun.in(folder, outputs())).isEmpty();
  }

  @Test
  void isNotFoundForOtherFiles() throws IOException {
    assertThat(FinishedRun.in(folder, List.of(results))).isEmpty();
    assertThat(FinishedRun.in(folder, List.of(failures, results))).isEmpty();
  }

  @Test
  void isNotNotedWhenOutcomesWentToNoFile() throws IOException {
    FinishedRun.note(folder, true, "", List.of(Path.of("-")));
    assertThat(FinishedRun.in(folder, List.of(Path.of("-")))).isEmpty();
    assertThat(FinishedRun.in(folder, outputs())).isEmpty();
  }

  @Test
  void isNotFoundWhenTheNoteIsNotReadable() throws IOException {
    Files.writeString(
        folder.resolve("finished.properties"), "file.0=" + results + "\nbytes.0=many\n");
    assertThat(FinishedRun.in(folder, outputs())).isEmpty();
  }

  @Test
  void isForgotten() throws IOException {
    FinishedRun.forget(folder);
    assertThat(FinishedRun.in(folder, outputs())).isEmpty();
  }

  private List<Path> outputs() {
    return List.of(results, failures);
  }
}
