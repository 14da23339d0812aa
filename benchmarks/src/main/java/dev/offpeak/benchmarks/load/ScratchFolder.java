package dev.offpeak.benchmarks.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A folder for gigabytes that nobody needs afterwards. */
public final class ScratchFolder implements AutoCloseable {

  private final Path path;

  private ScratchFolder(Path path) {
    this.path = path;
  }

  /** A new folder within the given one, or within the system's folder for temporary files. */
  public static ScratchFolder create(@Nullable Path within) throws IOException {
    if (within == null) {
      return new ScratchFolder(Files.createTempDirectory("offpeak-benchmarks"));
    }
    Files.createDirectories(within);
    return new ScratchFolder(Files.createTempDirectory(within, "offpeak-benchmarks"));
  }

  /** Where it is. */
  public Path path() {
    return path;
  }

  @Override
  public void close() throws IOException {
    delete(path);
  }

  /** Deletes a folder with all that is in it. */
  public static void delete(Path folder) throws IOException {
    List<Path> insideFirst;
    try (Stream<Path> found = Files.walk(folder)) {
      insideFirst = found.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path each : insideFirst) {
      Files.deleteIfExists(each);
    }
  }
}
