package dev.offpeak.provider.gemini;

import java.io.IOException;
import java.io.OutputStream;

/**
 * Cuts a payload into full chunks and hands each to the upload, which blocks until it has arrived.
 * What had arrived before is passed over. The last chunk waits for {@link #finish}, so that a
 * payload that is too long never becomes a file.
 */
final class ChunkSink extends OutputStream {

  /** Takes one chunk. */
  @FunctionalInterface
  interface Target {

    /**
     * Sends a chunk.
     *
     * @param offset of its first byte in the file
     * @param last whether it is the file's last
     */
    void send(byte[] chunk, int length, long offset, boolean last) throws IOException;
  }

  private final Target target;
  private final long total;
  private final byte[] chunk;
  private long offset;
  private int filled;
  private long toPassOver;

  /**
   * A sink for a payload that begins from its start.
   *
   * @param total bytes of the whole payload
   * @param arrived bytes that need not be sent again
   * @param chunk buffer of the size of a chunk
   */
  ChunkSink(Target target, long total, long arrived, byte[] chunk) {
    this.target = target;
    this.total = total;
    this.offset = arrived;
    this.toPassOver = arrived;
    this.chunk = chunk;
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int start, int count) throws IOException {
    int passed = (int) Math.min(count, toPassOver);
    toPassOver -= passed;
    int from = start + passed;
    int left = count - passed;
    if (offset + filled + left > total) {
      throw new IOException("the payload is longer than the " + total + " bytes it promised");
    }
    while (left > 0) {
      if (filled == chunk.length) {
        send(false);
      }
      int part = Math.min(left, chunk.length - filled);
      System.arraycopy(bytes, from, chunk, filled, part);
      filled += part;
      from += part;
      left -= part;
    }
  }

  /** Sends what is left; nothing may be missing. */
  void finish() throws IOException {
    long written = offset + filled - toPassOver;
    if (written != total) {
      throw new IOException(
          "the payload ended after " + written + " of the " + total + " bytes it promised");
    }
    send(true);
  }

  private void send(boolean last) throws IOException {
    target.send(chunk, filled, offset, last);
    offset += filled;
    filled = 0;
  }
}
