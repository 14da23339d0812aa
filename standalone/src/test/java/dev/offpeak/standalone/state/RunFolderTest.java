package dev.offpeak.standalone.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunFolderTest {

  @TempDir Path folder;

  @Test
  void oneRunAtATimeUsesIt() throws IOException {
    try (RunFolder _ = RunFolder.open(folder)) {
      assertThatExceptionOfType(CannotRun.class)
          .isThrownBy(() -> RunFolder.open(folder))
          .withMessageContaining(folder.toString());
    }
    try (RunFolder again = RunFolder.open(folder)) {
      assertThat(again.path()).isEqualTo(folder);
    }
  }

  @Test
  void clearedItIsAsNew() throws IOException {
    Files.createDirectories(folder.resolve("kafka").resolve("topic"));
    Files.writeString(folder.resolve("kafka").resolve("topic").resolve("log"), "old");

    try (RunFolder opened = RunFolder.open(folder)) {
      opened.clear();

      try (var left = Files.list(folder)) {
        assertThat(left).containsExactly(folder.resolve("lock"));
      }
    }
  }
}
