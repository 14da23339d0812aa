package dev.offpeak.standalone.state;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * What only its owner may see: requests and answers of whoever runs this. Nobody else gets into the
 * folder, and its files are the owner's alone, should they be moved. Where a file system knows no
 * such permissions there are none.
 */
public final class PrivateFolder {

  private static final Set<PosixFilePermission> FOLDER =
      PosixFilePermissions.fromString("rwx------");
  private static final Set<PosixFilePermission> FILE = PosixFilePermissions.fromString("rw-------");

  private PrivateFolder() {}

  /** Makes the folder, if it is not there, and closes it to others. */
  public static Path make(Path folder) throws IOException {
    set(Files.createDirectories(folder), FOLDER);
    return folder;
  }

  /** Makes a file, if it is not there, that is the owner's alone. */
  public static Path makeFile(Path file) throws IOException {
    if (Files.notExists(file)) {
      Files.createFile(file);
    }
    set(file, FILE);
    return file;
  }

  /** Closes all that stands in the folder to others; programs that write there need not care. */
  static void keep(Path folder) throws IOException {
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path each, BasicFileAttributes about)
              throws IOException {
            set(each, FOLDER);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path each, BasicFileAttributes about)
              throws IOException {
            if (about.isRegularFile()) {
              set(each, FILE);
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path each, IOException problem)
              throws IOException {
            if (problem instanceof NoSuchFileException) {
              return FileVisitResult.CONTINUE;
            }
            throw problem;
          }
        });
  }

  private static void set(Path path, Set<PosixFilePermission> wanted) throws IOException {
    PosixFileAttributeView view = Files.getFileAttributeView(path, PosixFileAttributeView.class);
    if (view == null) {
      return;
    }
    try {
      if (!view.readAttributes().permissions().equals(wanted)) {
        view.setPermissions(wanted);
      }
    } catch (NoSuchFileException gone) {
      // Temporary files of whoever works there come and go.
      return;
    }
  }
}
