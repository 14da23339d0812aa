package dev.offpeak.standalone.state;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where one run keeps its broker's logs, its schemas and its simulator's files, so that the same
 * command goes on where a killed one was. Used by one process at a time.
 */
public final class RunFolder implements Closeable {

  private static final String LOCK = "lock";
  private static final String ABOUT = "about.txt";

  private final Path path;
  private final FileChannel lockFile;

  private RunFolder(Path path, FileChannel lockFile) {
    this.path = path;
    this.lockFile = lockFile;
  }

  /**
   * Opens (and makes) the folder of a run for this process alone.
   *
   * @throws CannotRun when another process has it
   */
  public static RunFolder open(Path path) throws IOException {
    return open(
        path,
        "another run of the same input is at work in "
            + path
            + "; wait for it, or stop it and start this one again");
  }

  /**
   * Opens (and makes) a folder for this process alone.
   *
   * @param taken what is said when another process has it
   * @throws CannotRun when another process has it
   */
  public static RunFolder open(Path path, String taken) throws IOException {
    PrivateFolder.make(path);
    FileChannel lockFile =
        FileChannel.open(path.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    if (lock(lockFile) == null) {
      lockFile.close();
      throw new CannotRun(taken);
    }
    // What an earlier version, or a killed run, has left.
    PrivateFolder.keep(path);
    return new RunFolder(path, lockFile);
  }

  private static @Nullable FileLock lock(FileChannel lockFile) throws IOException {
    try {
      return lockFile.tryLock();
    } catch (OverlappingFileLockException heldByThisProcess) {
      return null;
    }
  }

  /** Deletes everything but the lock: the next start is a first one. */
  public void clear() throws IOException {
    try (Stream<Path> all = Files.walk(path)) {
      for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
        if (!each.equals(path) && !each.equals(path.resolve(LOCK))) {
          Files.delete(each);
        }
      }
    }
  }

  /** Notes for a person whose run this is. */
  public void describe(List<String> lines) throws IOException {
    Files.write(path.resolve(ABOUT), lines);
  }

  /** The folder itself. */
  public Path path() {
    return path;
  }

  @Override
  public void close() {
    try (lockFile) {
      PrivateFolder.keep(path);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot close " + path, e);
    }
  }
}
