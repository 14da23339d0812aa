package dev.offpeak.simulator.ledger;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.BufferedOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.Path;

/** Appends to the ledger file of one job. */
public final class LedgerWriter implements AutoCloseable {
  private final FileOutputStream file;
  private final JsonGenerator json;

  LedgerWriter(Path path, long keepBytes) throws IOException {
    this.file = new FileOutputStream(path.toFile(), true);
    file.getChannel().truncate(keepBytes);
    this.json = LedgerJson.FACTORY.createGenerator(new BufferedOutputStream(file, 1 << 16));
    json.setRootValueSeparator(null);
  }

  /** Appends an entry; it is on disk after {@link #flush}. */
  public void append(LedgerEntry entry) throws IOException {
    LedgerJson.write(json, entry);
  }

  /**
   * Hands everything to the operating system.
   *
   * @return the length of the file now
   */
  public long flush() throws IOException {
    json.flush();
    return file.getChannel().size();
  }

  @Override
  public void close() throws IOException {
    json.close();
  }
}
