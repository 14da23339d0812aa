package dev.offpeak.standalone.input;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.zip.GZIPInputStream;

/**
 * An input whose beginning was looked at.
 *
 * @param content all of it, unpacked, the beginning included
 * @param packed whether it was packed with gzip, told by the first bytes and not by the name
 */
record Opened(Beginning beginning, InputStream content, boolean packed) {

  private static final int GZIP_MAGIC = 0x1f8b;

  static Opened of(InputStream raw) throws IOException {
    BufferedInputStream in = new BufferedInputStream(raw);
    in.mark(2);
    int magic = (in.read() << 8) | in.read();
    in.reset();
    boolean packed = magic == GZIP_MAGIC;
    InputStream unpacked = packed ? new GZIPInputStream(in, 64 * 1024) : in;
    byte[] window = unpacked.readNBytes(Beginning.WINDOW);
    return new Opened(
        new Beginning(window, window.length < Beginning.WINDOW),
        new SequenceInputStream(new ByteArrayInputStream(window), unpacked),
        packed);
  }

  Lines lines(int file, int lineLimit) {
    return beginning.isList()
        ? new ListReader(content, file, lineLimit)
        : new LineReader(content, file, lineLimit);
  }
}
