package dev.offpeak.standalone.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunKeyTest {

  @TempDir Path folder;

  @Test
  void aCopyOrATouchedFileIsTheSameInput() throws IOException {
    Path file = file("a", "{}\n");
    String key = RunKey.of(List.of(file), "simulator");
    Files.setLastModifiedTime(file, FileTime.from(Instant.EPOCH));

    assertThat(RunKey.of(List.of(file), "simulator")).isEqualTo(key);
    assertThat(RunKey.of(List.of(file("b", "{}\n")), "simulator")).isEqualTo(key);
  }

  @Test
  void otherBytesOrAnotherOrderOrAnotherDestinationIsAnotherRun() throws IOException {
    Path one = file("one", "1");
    Path two = file("two", "2");
    String key = RunKey.of(List.of(one, two), "simulator");

    assertThat(RunKey.of(List.of(two, one), "simulator")).isNotEqualTo(key);
    assertThat(RunKey.of(List.of(one), "simulator")).isNotEqualTo(key);
    assertThat(RunKey.of(List.of(one, two), "openai")).isNotEqualTo(key);
    assertThat(RunKey.of(List.of(file("both", "12")), "simulator")).isNotEqualTo(key);
  }

  @Test
  void standardInputIsKeptUnderANameOfItsContent() throws IOException {
    Path first = StandardInput.keep(bytes("line\n"), folder.resolve("stdin"));
    Path again = StandardInput.keep(bytes("line\n"), folder.resolve("stdin"));
    Path other = StandardInput.keep(bytes("other\n"), folder.resolve("stdin"));

    assertThat(again).isEqualTo(first).hasContent("line\n");
    assertThat(other).isNotEqualTo(first);
    try (var kept = Files.list(folder.resolve("stdin"))) {
      assertThat(kept).containsExactlyInAnyOrder(first, other);
    }
  }

  private static ByteArrayInputStream bytes(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }

  private Path file(String name, String content) throws IOException {
    return Files.writeString(folder.resolve(name), content);
  }
}
