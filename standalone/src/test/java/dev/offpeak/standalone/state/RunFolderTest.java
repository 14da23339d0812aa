package dev.offpeak.standalone.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
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

  @Test
  void onlyItsOwnerSeesWhatIsInIt() throws IOException {
    assumeTrue(Files.getFileStore(folder).supportsFileAttributeView("posix"));
    Path left = Files.createDirectories(folder.resolve("kafka")).resolve("old.log");
    Files.setPosixFilePermissions(
        Files.writeString(left, "a request"), PosixFilePermissions.fromString("rw-r--r--"));

    try (RunFolder opened = RunFolder.open(folder)) {
      assertThat(permissions(folder)).isEqualTo("rwx------");
      assertThat(permissions(left)).isEqualTo("rw-------");
      opened.describe(List.of("new"));
    }
    assertThat(permissions(folder.resolve("kafka"))).isEqualTo("rwx------");
    assertThat(permissions(folder.resolve("about.txt"))).isEqualTo("rw-------");
  }

  private static String permissions(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }
}
