package dev.offpeak.simulator.line;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** Hands on a body while it writes it away, up to a limit. */
final class SpooledInput extends InputStream {
  private static final int CHUNK_BYTES = 1 << 16;

  private final InputStream in;
  private final OutputStream out;
  private long left;

  SpooledInput(InputStream in, OutputStream out, long limit) {
    this.in = in;
    this.out = out;
    this.left = limit;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    int read = in.read(buffer, offset, length);
    if (read > 0) {
      left -= read;
      if (left < 0) {
        throw new BodyIntake.TooLong();
      }
      out.write(buffer, offset, read);
    }
    return read;
  }

  /** Reads what is left and forgets it, so that the caller is ready to hear the answer. */
  void drain() throws IOException {
    byte[] chunk = new byte[CHUNK_BYTES];
    int read = in.read(chunk);
    while (read >= 0) {
      read = in.read(chunk);
    }
  }
}
