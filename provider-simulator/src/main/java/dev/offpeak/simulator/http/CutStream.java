package dev.offpeak.simulator.http;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A body that breaks off after some bytes, as when its connection is lost. */
final class CutStream extends FilterInputStream {
  private long left;

  CutStream(InputStream in, long bytes) {
    super(in);
    this.left = bytes;
  }

  /** The connection is lost. */
  static final class Cut extends IOException {
    private static final long serialVersionUID = 1L;

    Cut() {
      super("cut by a fault");
    }
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    if (left == 0) {
      throw new Cut();
    }
    int read = in.read(buffer, offset, (int) Math.min(length, left));
    left -= Math.max(0, read);
    return read;
  }
}
