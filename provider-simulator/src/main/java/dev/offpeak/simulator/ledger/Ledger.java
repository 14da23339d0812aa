package dev.offpeak.simulator.ledger;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.offpeak.simulator.line.LineReader;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * What was executed and who pays for it: one append-only file of JSON lines a job, and one for
 * synchronous calls. A job's file is cut back to the job's own record when a killed process goes
 * on, so that each execution stands in it exactly once.
 */
public final class Ledger implements AutoCloseable {
  private static final String SUFFIX = ".ndjson";
  private static final String FORGIVEN = ".forgiven";
  private static final int MAX_LINE_BYTES = 1 << 20;

  private final Path folder;
  private final LedgerWriter sync;

  /** Opens the ledger below a folder. */
  public Ledger(Path folder) throws IOException {
    this.folder = Files.createDirectories(folder);
    Path syncFile = file(LedgerEntry.SYNC);
    this.sync = new LedgerWriter(syncFile, Files.exists(syncFile) ? Files.size(syncFile) : 0);
  }

  /**
   * Goes on with the ledger of a job.
   *
   * @param keepBytes how much of what is there counts; the rest is cut off
   */
  public LedgerWriter writer(String job, long keepBytes) throws IOException {
    return new LedgerWriter(file(job), keepBytes);
  }

  /**
   * Takes the bill for a job back: what it executed stays entered, but is not paid for. Saying it
   * again changes nothing, so that a killed process may repeat it.
   */
  public void forgive(String job) throws IOException {
    Path mark = folder.resolve(job + FORGIVEN);
    if (!Files.exists(mark)) {
      Files.createFile(mark);
    }
  }

  /** Enters a call made outside any batch. */
  public void appendSync(LedgerEntry entry) throws IOException {
    synchronized (sync) {
      sync.append(entry);
      sync.flush();
    }
  }

  /** Hands each entry that matches to the receiver, job by job, each in order of execution. */
  public void forEach(LedgerQuery query, Consumer<LedgerEntry> receiver) throws IOException {
    for (Path file : files(query)) {
      boolean forgiven = forgiven(file);
      try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
        LineReader lines = new LineReader(in, MAX_LINE_BYTES);
        while (lines.advance() && lines.complete()) {
          LedgerEntry read = LedgerJson.read(lines.buffer(), lines.start(), lines.length());
          LedgerEntry entry = forgiven ? read.unbilled() : read;
          if (query.matches(entry)) {
            receiver.accept(entry);
          }
        }
      }
    }
  }

  /** Writes the matching entries as JSON lines. */
  public void stream(LedgerQuery query, OutputStream out) throws IOException {
    try (JsonGenerator json = LedgerJson.FACTORY.createGenerator(out)) {
      json.setRootValueSeparator(null);
      forEach(
          query,
          entry -> {
            try {
              LedgerJson.write(json, entry);
            } catch (IOException e) {
              throw new java.io.UncheckedIOException(e);
            }
          });
    }
  }

  /** Adds the whole ledger up. */
  public LedgerSummary summary() throws IOException {
    LedgerTally tally = new LedgerTally();
    forEach(LedgerQuery.ALL, tally::add);
    return tally.summary();
  }

  private static boolean forgiven(Path file) {
    String name = file.getFileName().toString();
    String job = name.substring(0, name.length() - SUFFIX.length());
    return Files.exists(file.resolveSibling(job + FORGIVEN));
  }

  private List<Path> files(LedgerQuery query) throws IOException {
    if (query.job() != null) {
      Path one = folder.resolve(Path.of(query.job() + SUFFIX).getFileName());
      return Files.exists(one) ? List.of(one) : List.of();
    }
    try (Stream<Path> all = Files.list(folder)) {
      return all.filter(file -> file.toString().endsWith(SUFFIX)).sorted().toList();
    }
  }

  private Path file(String job) {
    return folder.resolve(job + SUFFIX);
  }

  @Override
  public void close() throws IOException {
    sync.close();
  }
}
