package dev.offpeak.standalone.state;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/**
 * Keeps what comes on standard input in a file named by its content, so that a killed run can be
 * gone on with by piping the same bytes again.
 */
public final class StandardInput {

  private StandardInput() {}

  /** Reads to the end and answers with the file that holds those bytes. */
  public static Path keep(InputStream in, Path folder) throws IOException {
    PrivateFolder.make(folder);
    Path arriving = Files.createTempFile(folder, "arriving", ".jsonl");
    Files.copy(in, arriving, StandardCopyOption.REPLACE_EXISTING);
    Path kept = folder.resolve(RunKey.of(List.of(arriving), "") + ".jsonl");
    return Files.move(arriving, kept, StandardCopyOption.ATOMIC_MOVE);
  }
}
