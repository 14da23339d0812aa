package dev.offpeak.simulator.job;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/** Reads single lines of an indexed input file, in any order, into one reused buffer. */
public final class InputLines implements AutoCloseable {
  private final FileChannel channel;
  private final LineIndex index;
  private byte[] buffer = new byte[1 << 14];

  /** Opens the file; the index must be its own. */
  public InputLines(Path file, LineIndex index) throws IOException {
    this.channel = FileChannel.open(file);
    this.index = index;
  }

  /** How many lines there are. */
  public int size() {
    return index.size();
  }

  /**
   * Reads a line to the start of {@link #buffer}.
   *
   * @param line the line, counted from 0
   * @return its length in bytes, without the line end
   */
  public int read(int line) throws IOException {
    long start = index.start(line);
    long end = line + 1 < index.size() ? index.start(line + 1) : channel.size();
    int length = Math.toIntExact(end - start);
    if (buffer.length < length) {
      buffer = new byte[Math.max(length, buffer.length * 2)];
    }
    ByteBuffer target = ByteBuffer.wrap(buffer, 0, length);
    while (target.hasRemaining()) {
      if (channel.read(target, start + target.position()) < 0) {
        throw new EOFException("Line " + (line + 1) + " is cut off");
      }
    }
    while (length > 0 && (buffer[length - 1] == '\n' || buffer[length - 1] == '\r')) {
      length--;
    }
    return length;
  }

  /** The buffer that the last {@link #read} filled. */
  public byte[] buffer() {
    return buffer;
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
