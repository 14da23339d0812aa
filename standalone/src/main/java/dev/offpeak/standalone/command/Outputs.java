package dev.offpeak.standalone.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The files that a run writes, held against those that it reads and keeps: by what they are, not by
 * how they are called. Nothing was written when one is refused.
 */
final class Outputs {

  private static final String STANDARD = "-";
  private static final List<String> STANDARD_OUTPUT = List.of(STANDARD, "/dev/stdout", "/dev/fd/1");

  private final Path results;
  private final @Nullable Path failures;

  /**
   * @param failures null for the same file as the results
   */
  Outputs(Path results, @Nullable Path failures) {
    this.results = results;
    this.failures = failures;
  }

  /**
   * What would be destroyed, or null when nothing is.
   *
   * @param inputs as they were named; - is standard input
   * @param state where runs keep their state
   */
  @Nullable String problem(List<Path> inputs, Path state) throws IOException {
    if (failures != null && clash(results, failures)) {
      return "--failures is '%s', the same file as --output '%s'; leave it out to have one file"
          .formatted(failures, results);
    }
    for (Path out : all()) {
      String problem = isStandard(out) ? null : problem(out, inputs, state);
      if (problem != null) {
        return problem;
      }
    }
    return null;
  }

  private @Nullable String problem(Path out, List<Path> inputs, Path state) throws IOException {
    if (Files.isDirectory(out)) {
      return "'" + out + "' is a folder; name a file in it";
    }
    for (Path input : inputs) {
      Path read = input.toString().equals(STANDARD) ? Path.of("/dev/stdin") : input;
      if (sameFile(read, out)) {
        return "'" + out + "' is an input; it can't be written as well";
      }
    }
    if (sameFile(Path.of("/dev/stderr"), out)) {
      return "'" + out + "' takes the messages of this command; write the outcomes elsewhere";
    }
    Path real = real(out);
    for (String kept : List.of("runs", "stdin")) {
      if (real.startsWith(real(state.resolve(kept)))) {
        return "'"
            + out
            + "' is within "
            + state
            + ", where runs keep their state; write elsewhere";
      }
    }
    return unwritable(out);
  }

  private static @Nullable String unwritable(Path out) {
    if (Files.exists(out)) {
      return Files.isWritable(out) ? null : "'" + out + "' may not be written";
    }
    Path folder = nearestFolder(out.toAbsolutePath());
    if (!Files.isDirectory(folder)) {
      return "'" + out + "' can't be written: '" + folder + "' is no folder";
    }
    return Files.isWritable(folder)
        ? null
        : "'" + out + "' can't be written: the folder '" + folder + "' may not be changed";
  }

  /** Makes the folders that are missing, and answers with those that it made. */
  List<Path> makeFolders() throws IOException {
    List<Path> made = new ArrayList<>();
    for (Path out : all()) {
      Path folder = out.toAbsolutePath().normalize().getParent();
      if (!isStandard(out) && folder != null && !Files.exists(folder)) {
        Files.createDirectories(folder);
        made.add(Optional.ofNullable(out.getParent()).orElse(folder));
      }
    }
    return made;
  }

  private List<Path> all() {
    return failures == null ? List.of(results) : List.of(results, failures);
  }

  private static boolean clash(Path one, Path other) throws IOException {
    if (isStandard(one) && isStandard(other)) {
      return true;
    }
    return sameFile(isStandard(one) ? Path.of("/dev/stdout") : one, other)
        || sameFile(one, isStandard(other) ? Path.of("/dev/stdout") : other);
  }

  static boolean isStandard(Path path) {
    return STANDARD_OUTPUT.contains(path.toString());
  }

  /** Whether both are one file that keeps what is written: a device such as /dev/null does not. */
  private static boolean sameFile(Path one, Path other) throws IOException {
    if (Files.exists(one) && Files.exists(other)) {
      return Files.isRegularFile(one) && Files.isSameFile(one, other);
    }
    return !Files.exists(one) && !Files.exists(other) && real(one).equals(real(other));
  }

  /** The path without links, of a file that need not exist. */
  private static Path real(Path path) throws IOException {
    Path absolute = path.toAbsolutePath();
    Path folder = absolute.getParent();
    if (Files.exists(absolute) || folder == null) {
      return absolute.toRealPath();
    }
    if (Files.isSymbolicLink(absolute)) {
      Path to = folder.resolve(Files.readSymbolicLink(absolute));
      return to.equals(absolute) ? absolute : real(to);
    }
    Path name = absolute.getFileName();
    return name.toString().equals("..") || name.toString().equals(".")
        ? real(absolute.normalize())
        : real(folder).resolve(name);
  }

  private static Path nearestFolder(Path path) {
    Path at = path;
    while (at.getParent() != null && !Files.exists(at)) {
      at = at.getParent();
    }
    return at;
  }
}
