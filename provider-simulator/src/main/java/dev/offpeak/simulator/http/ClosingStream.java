package dev.offpeak.simulator.http;

import io.helidon.webserver.CloseConnectionException;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** An answer whose connection is closed after some bytes. */
final class ClosingStream extends FilterOutputStream {
  private long left;

  ClosingStream(OutputStream out, long bytes) {
    super(out);
    this.left = bytes;
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    int some = (int) Math.min(length, left);
    out.write(bytes, offset, some);
    left -= some;
    if (some < length) {
      out.flush();
      throw new CloseConnectionException("cut off by a fault");
    }
  }
}
