package dev.offpeak.simulator.line;

import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes down where each request of an input file stands: twelve bytes a request, on disk. */
public final class LineIndex implements AutoCloseable {
  static final int ENTRY_BYTES = Long.BYTES + Integer.BYTES;

  private final DataOutputStream out;
  private int count;

  /** Begins an index, replacing what was there. */
  public LineIndex(Path file) throws IOException {
    out = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file)));
  }

  /** Adds the next request. */
  public void add(long fileOffset, int length) throws IOException {
    out.writeLong(fileOffset);
    out.writeInt(length);
    count++;
  }

  /** How many requests there are so far. */
  public int size() {
    return count;
  }

  @Override
  public void close() throws IOException {
    out.close();
  }
}
