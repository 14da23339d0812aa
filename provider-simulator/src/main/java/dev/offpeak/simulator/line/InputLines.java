package dev.offpeak.simulator.line;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/** Reads single requests of an indexed input file, in any order, into one reused buffer. */
public final class InputLines implements AutoCloseable {
  private final FileChannel file;
  private final FileChannel index;
  private final ByteBuffer entry = ByteBuffer.allocate(LineIndex.ENTRY_BYTES);
  private byte[] buffer = new byte[1 << 14];

  /**
   * Opens a file.
   *
   * @param index written by {@link LineIndex} for this file
   */
  public InputLines(Path file, Path index) throws IOException {
    this.file = FileChannel.open(file);
    this.index = FileChannel.open(index);
  }

  /** How many requests there are. */
  public int size() throws IOException {
    return Math.toIntExact(index.size() / LineIndex.ENTRY_BYTES);
  }

  /**
   * Reads a request to the start of {@link #buffer}.
   *
   * @param line its place in the file, counted from 0
   * @return its length in bytes, without a line end
   */
  public int read(int line) throws IOException {
    readFully(index, entry.clear(), (long) line * LineIndex.ENTRY_BYTES);
    long start = entry.getLong(0);
    int length = entry.getInt(Long.BYTES);
    if (buffer.length < length) {
      buffer = new byte[Math.max(length, buffer.length * 2)];
    }
    readFully(file, ByteBuffer.wrap(buffer, 0, length), start);
    return length;
  }

  private static void readFully(FileChannel from, ByteBuffer target, long offset)
      throws IOException {
    while (target.hasRemaining()) {
      if (from.read(target, offset + target.position()) < 0) {
        throw new EOFException("The input is cut off at " + from.size());
      }
    }
  }

  /** The buffer that the last {@link #read} filled. */
  public byte[] buffer() {
    return buffer;
  }

  @Override
  public void close() throws IOException {
    file.close();
    index.close();
  }
}
