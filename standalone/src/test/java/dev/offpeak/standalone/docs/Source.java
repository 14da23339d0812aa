package dev.offpeak.standalone.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A file of the repository.
 *
 * @param file its path
 * @param text what stands in it
 */
record Source(Path file, String text) {

  /** All files below a folder whose name ends in one of these ways, but what builds have made. */
  static Stream<Source> below(Path folder, String... endings) {
    List<Path> found = new ArrayList<>();
    try {
      Files.walkFileTree(folder, new Collector(found, endings));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return found.stream().sorted().map(Source::read);
  }

  private static final class Collector extends SimpleFileVisitor<Path> {

    /** Folders of what builds and package managers put here, which is not ours. */
    private static final Set<String> MADE = Set.of("target", "node_modules", "__pycache__", "venv");

    private final List<Path> found;
    private final String[] endings;

    Collector(List<Path> found, String... endings) {
      this.found = found;
      this.endings = endings;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
      String name = folder.getFileName().toString();
      boolean isMade = MADE.contains(name) || (name.startsWith(".") && !name.equals(".."));
      return isMade ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
      if (Stream.of(endings).anyMatch(file.toString()::endsWith)) {
        found.add(file);
      }
      return FileVisitResult.CONTINUE;
    }
  }

  private static Source read(Path file) {
    try {
      return new Source(file, Files.readString(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
