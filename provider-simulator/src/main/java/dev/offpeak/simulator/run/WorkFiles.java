package dev.offpeak.simulator.run;

import dev.offpeak.simulator.line.BodyIntake;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/** The files that a running job works on, apart from the stored ones; gone when it has ended. */
public final class WorkFiles {
  private final Path folder;

  /** Makes the folder when it is not there. */
  public WorkFiles(Path folder) throws IOException {
    this.folder = Files.createDirectories(folder);
  }

  /** The input. */
  public Path input(String jobId) {
    return folder.resolve(jobId + ".input");
  }

  /** Where its requests stand. */
  public Path index(String jobId) {
    return folder.resolve(jobId + ".index");
  }

  /** The output so far. */
  public Path output(String jobId) {
    return folder.resolve(jobId + ".output");
  }

  /** The error lines so far. */
  public Path error(String jobId) {
    return folder.resolve(jobId + ".error");
  }

  /** Takes a stored file as the input: a link, so that the job goes on when that is deleted. */
  public void linkInput(String jobId, Path stored) throws IOException {
    Path input = input(jobId);
    Files.deleteIfExists(input);
    try {
      Files.createLink(input, stored);
    } catch (UnsupportedOperationException e) {
      Files.copy(stored, input);
    }
  }

  /** Takes in the body of a create before it has a job. */
  public BodyIntake intake() {
    String name = UUID.randomUUID().toString();
    return new BodyIntake(input(name), index(name));
  }

  /** Takes such a body as the input of a job. */
  public void takeInput(String jobId, BodyIntake intake) throws IOException {
    intake.moveTo(input(jobId), index(jobId));
  }

  /** Removes those of all jobs but the given ones. */
  void keepOnly(Set<String> jobIds) throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      for (Path file : all.toList()) {
        String name = file.getFileName().toString();
        if (!jobIds.contains(name.substring(0, name.lastIndexOf('.')))) {
          Files.delete(file);
        }
      }
    }
  }

  /** Removes those of one job. */
  void clear(String jobId) throws IOException {
    Files.deleteIfExists(input(jobId));
    Files.deleteIfExists(index(jobId));
    Files.deleteIfExists(output(jobId));
    Files.deleteIfExists(error(jobId));
  }
}
