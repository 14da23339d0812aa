package dev.offpeak.ingest.line;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Counts the bytes of a body and breaks off, with {@link BodyTooLarge}, after its limit. */
public final class LimitedBody extends FilterInputStream {

  private final long limit;
  private long count;

  /**
   * @param limit most bytes that are handed out
   */
  public LimitedBody(InputStream in, long limit) {
    super(in);
    this.limit = limit;
  }

  /** Bytes handed out so far. */
  public long count() {
    return count;
  }

  @Override
  public int read() throws IOException {
    var one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    int most = (int) Math.min(length, limit - count);
    if (most > 0) {
      int read = super.read(into, offset, most);
      count += Math.max(0, read);
      return read;
    }
    if (super.read() >= 0) {
      throw new BodyTooLarge(limit);
    }
    return -1;
  }
}
