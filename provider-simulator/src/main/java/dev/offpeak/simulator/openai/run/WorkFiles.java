package dev.offpeak.simulator.openai.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Stream;

/** The files that a running batch works on, apart from the stored ones; gone when it has ended. */
public final class WorkFiles {
  private final Path folder;

  /** Makes the folder when it is not there. */
  public WorkFiles(Path folder) throws IOException {
    this.folder = Files.createDirectories(folder);
  }

  /** The input: a link, so that the batch goes on when the stored file is deleted. */
  Path input(String batchId) {
    return folder.resolve(batchId + ".input");
  }

  /** Where its lines begin. */
  Path index(String batchId) {
    return folder.resolve(batchId + ".index");
  }

  /** The output so far. */
  Path output(String batchId) {
    return folder.resolve(batchId + ".output");
  }

  /** The error lines so far. */
  Path error(String batchId) {
    return folder.resolve(batchId + ".error");
  }

  /** Takes a stored file as the input. */
  void takeInput(String batchId, Path stored) throws IOException {
    Path input = input(batchId);
    Files.deleteIfExists(input);
    try {
      Files.createLink(input, stored);
    } catch (UnsupportedOperationException e) {
      Files.copy(stored, input);
    }
  }

  /** Removes those of all batches but the given ones. */
  public void keepOnly(Set<String> batchIds) throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      for (Path file : all.toList()) {
        String name = file.getFileName().toString();
        if (!batchIds.contains(name.substring(0, name.lastIndexOf('.')))) {
          Files.delete(file);
        }
      }
    }
  }

  /** Removes those of one batch. */
  void clear(String batchId) throws IOException {
    Files.deleteIfExists(input(batchId));
    Files.deleteIfExists(index(batchId));
    Files.deleteIfExists(output(batchId));
    Files.deleteIfExists(error(batchId));
  }
}
