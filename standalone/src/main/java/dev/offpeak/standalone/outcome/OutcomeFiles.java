package dev.offpeak.standalone.outcome;

import dev.offpeak.schemas.avro.LlmFailure;
import dev.offpeak.schemas.avro.LlmResult;
import dev.offpeak.schemas.outcome.JsonOutcomes;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The output files, one line an outcome. They are written from the topics' beginning at each start,
 * so that a killed run leaves no duplicate line behind. Without a file of their own, failures stand
 * among the results, told by the {@code code} in their {@code offpeak}.
 */
public final class OutcomeFiles implements Closeable {

  private static final int BUFFER = 256 * 1024;
  private static final String STANDARD = "-";

  private final JsonOutcomes lines = new JsonOutcomes();
  private final OutputStream results;
  private final OutputStream failures;

  private OutcomeFiles(OutputStream results, OutputStream failures) {
    this.results = results;
    this.failures = failures;
  }

  /**
   * Opens the files, empty.
   *
   * @param results a file, or - for standard output
   * @param failures likewise, or null for the same as the results
   */
  public static OutcomeFiles open(Path results, @Nullable Path failures) throws IOException {
    OutputStream resultLines = create(results);
    return new OutcomeFiles(resultLines, failures == null ? resultLines : create(failures));
  }

  private static OutputStream create(Path file) throws IOException {
    if (file.toString().equals(STANDARD)) {
      return new BufferedOutputStream(System.out, BUFFER);
    }
    Path folder = file.toAbsolutePath().getParent();
    if (folder != null) {
      Files.createDirectories(folder);
    }
    return new BufferedOutputStream(Files.newOutputStream(file), BUFFER);
  }

  void result(LlmResult result) throws IOException {
    results.write(lines.result(result));
    results.write('\n');
  }

  void failure(LlmFailure failure) throws IOException {
    failures.write(lines.failure(failure));
    failures.write('\n');
  }

  /** An answer that is written already, without its line feed. */
  public void result(byte[] line) throws IOException {
    results.write(line);
    results.write('\n');
  }

  /** Likewise a failure. */
  public void failure(byte[] line) throws IOException {
    failures.write(line);
    failures.write('\n');
  }

  /** Writes what is still in memory. */
  public void flush() throws IOException {
    results.flush();
    failures.flush();
  }

  @Override
  public void close() throws IOException {
    try (results) {
      failures.close();
    }
  }
}
