package dev.offpeak.ingest.line;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * Keeps the bytes that a parser has read, from where it is told on: a parser says where a value
 * begins after it has read further.
 */
final class RecentBytes extends FilterInputStream {

  private static final int USUAL = 16 * 1024;

  private final long most;
  private byte[] kept = new byte[USUAL];
  private int start;
  private int end;

  /** Which byte of the stream is the first that is kept. */
  private long first;

  /** More would have to be kept than may be. */
  static final class TooLong extends IOException {

    private static final long serialVersionUID = 1;
  }

  /**
   * @param most bytes that are kept, besides what a parser reads ahead
   */
  RecentBytes(InputStream in, long most) {
    super(in);
    this.most = most;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] into, int offset, int count) throws IOException {
    int read = super.read(into, offset, count);
    if (read > 0) {
      keep(into, offset, read);
    }
    return read;
  }

  private void keep(byte[] bytes, int offset, int count) throws TooLong {
    int length = end - start;
    if (length > most) {
      throw new TooLong();
    }
    if (end + count > kept.length) {
      byte[] larger =
          length + count > kept.length / 2
              ? new byte[Math.max(length + count, kept.length * 2)]
              : kept;
      System.arraycopy(kept, start, larger, 0, length);
      kept = larger;
      start = 0;
      end = length;
    }
    System.arraycopy(bytes, offset, kept, end, count);
    end += count;
  }

  /** Bytes before that one are not asked for any more. */
  void forgetBefore(long offset) {
    start += (int) (offset - first);
    first = offset;
    if (kept.length > USUAL && end - start <= USUAL / 2) {
      kept = Arrays.copyOf(Arrays.copyOfRange(kept, start, end), USUAL);
      end -= start;
      start = 0;
    }
  }

  /** All that is kept before that byte. */
  byte[] upTo(long offset) {
    return Arrays.copyOfRange(kept, start, start + (int) (offset - first));
  }
}
