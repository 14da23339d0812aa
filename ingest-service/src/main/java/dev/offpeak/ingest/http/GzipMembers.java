package dev.offpeak.ingest.http;

import dev.offpeak.ingest.line.UnfitBody;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import java.util.zip.ZipException;

/**
 * Inflates gzip data of any number of members, one after the other as {@code cat a.gz b.gz} makes
 * them. Java's own stream takes whatever goes wrong after a member, a client that stops included,
 * for the end of the data, and would silently leave out what was still to come. And this one breaks
 * off data that grows beyond all measure.
 */
final class GzipMembers extends InputStream {

  private static final int BUFFER = 64 * 1024;

  /** So much may come of any data; small bodies are nobody's burden. */
  private static final long FREE = 16L * 1024 * 1024;

  private static final int LONGEST_HEADER = 128 * 1024;
  private static final int FIRST = 0x1f;
  private static final int SECOND = 0x8b;
  private static final int DEFLATE = 8;
  private static final int HEADER_CHECK = 2;
  private static final int EXTRA = 4;
  private static final int NAME = 8;
  private static final int COMMENT = 16;
  private static final int PLAIN_HEADER = 6;

  private final InputStream in;
  private final int ratio;
  private final Inflater inflater = new Inflater(true);
  private final CRC32 check = new CRC32();
  private final byte[] input = new byte[BUFFER];
  private int at;
  private int end;
  private int header;
  private long compressed;
  private long inflated;
  private boolean isInMember;
  private boolean hasEnded;

  /**
   * @param ratio how many times the compressed data may become, after the first 16 MiB
   */
  GzipMembers(InputStream compressed, int ratio) {
    this.in = compressed;
    this.ratio = ratio;
  }

  @Override
  public int read() throws IOException {
    var one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    int count = 0;
    while (count == 0 && length > 0 && !hasEnded) {
      if (isInMember) {
        count = inflate(into, offset, length);
      } else {
        hasEnded = !begin();
      }
    }
    return hasEnded ? -1 : count;
  }

  private int inflate(byte[] into, int offset, int length) throws IOException {
    if (inflater.needsInput()) {
      feed();
    }
    try {
      int count = inflater.inflate(into, offset, length);
      check.update(into, offset, count);
      grown(count);
      if (inflater.finished()) {
        at = end - inflater.getRemaining();
        finish();
      } else if (inflater.needsDictionary()) {
        throw new ZipException("gzip data does not use a dictionary");
      }
      return count;
    } catch (DataFormatException e) {
      throw new ZipException("the gzip data is broken: " + e.getMessage());
    }
  }

  private void feed() throws IOException {
    if (at == end && !fill()) {
      throw new EOFException("the gzip data is cut off");
    }
    inflater.setInput(input, at, end - at);
    at = end;
  }

  private void grown(int count) throws UnfitBody {
    inflated += count;
    if (inflated > FREE && inflated / ratio > compressed) {
      throw new UnfitBody(
          UnfitBody.Fault.INFLATES_TOO_MUCH,
          "its gzip data becomes more than %d times as much: send it less compressed, or not at all"
                  .formatted(ratio)
              + " (limits.inflation)");
    }
  }

  /** Reads the header of the next member; false when there is none. */
  private boolean begin() throws IOException {
    if (at == end && !fill()) {
      return false;
    }
    header = 0;
    if (next() != FIRST || next() != SECOND || next() != DEFLATE) {
      throw new ZipException(
          compressed == end && inflated == 0
              ? "it is not in gzip format"
              : "after its gzip data comes something else");
    }
    int flags = next();
    skip(PLAIN_HEADER);
    if ((flags & EXTRA) != 0) {
      skip(next() | next() << Byte.SIZE);
    }
    skipText(flags & NAME);
    skipText(flags & COMMENT);
    skip((flags & HEADER_CHECK) == 0 ? 0 : 2);
    inflater.reset();
    check.reset();
    isInMember = true;
    return true;
  }

  private void finish() throws IOException {
    header = 0;
    if (number() != check.getValue() || number() != (inflater.getBytesWritten() & 0xffffffffL)) {
      throw new ZipException("the gzip data is broken: its checksum does not fit");
    }
    isInMember = false;
  }

  private long number() throws IOException {
    long low = next() | next() << Byte.SIZE;
    long high = next() | next() << Byte.SIZE;
    return high << Short.SIZE | low;
  }

  private void skip(int count) throws IOException {
    for (int i = 0; i < count; i++) {
      var _ = next();
    }
  }

  private void skipText(int isThere) throws IOException {
    int last = isThere;
    while (last != 0) {
      last = next();
    }
  }

  private int next() throws IOException {
    if (at == end && !fill()) {
      throw new EOFException("the gzip data is cut off");
    }
    header++;
    if (header > LONGEST_HEADER) {
      throw new ZipException(
          "the gzip data has a header of more than " + LONGEST_HEADER + " bytes");
    }
    return input[at++] & 0xFF;
  }

  private boolean fill() throws IOException {
    at = 0;
    end = Math.max(0, in.read(input, 0, BUFFER));
    compressed += end;
    return end > 0;
  }

  @Override
  public void close() throws IOException {
    inflater.end();
    in.close();
  }
}
