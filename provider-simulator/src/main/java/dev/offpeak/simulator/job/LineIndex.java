package dev.offpeak.simulator.job;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** Where each line of an input file begins; eight bytes a line, in memory and on disk. */
public final class LineIndex {
  private long[] starts = new long[1024];
  private int count;

  /** Adds the next line. */
  public void add(long fileOffset) {
    if (count == starts.length) {
      starts = Arrays.copyOf(starts, count * 2);
    }
    starts[count++] = fileOffset;
  }

  /** How many lines there are. */
  public int size() {
    return count;
  }

  /** Offset of the first byte of a line, counted from 0. */
  public long start(int line) {
    return starts[line];
  }

  /** Writes the index to a file. */
  public void save(Path file) throws IOException {
    try (DataOutputStream out =
        new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file)))) {
      for (int i = 0; i < count; i++) {
        out.writeLong(starts[i]);
      }
    }
  }

  /** Reads an index that {@link #save} wrote. */
  public static LineIndex load(Path file) throws IOException {
    LineIndex index = new LineIndex();
    long lines = Files.size(file) / Long.BYTES;
    try (DataInputStream in =
        new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
      for (long i = 0; i < lines; i++) {
        index.add(in.readLong());
      }
    }
    return index;
  }
}
