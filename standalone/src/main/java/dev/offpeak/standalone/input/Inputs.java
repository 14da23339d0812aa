package dev.offpeak.standalone.input;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * The lines of several files, one file after the other, plain or gzip (told by the first bytes, not
 * by the name).
 */
public final class Inputs implements Closeable {

  private static final int GZIP_MAGIC = 0x1f8b;

  private final Iterator<Path> rest;
  private final int lineLimit;
  private @Nullable LineReader current;
  private long lines;

  private Inputs(Iterator<Path> rest, @Nullable LineReader current, int lineLimit) {
    this.rest = rest;
    this.current = current;
    this.lineLimit = lineLimit;
  }

  /**
   * The lines of files.
   *
   * @param files to be read in this order
   * @param lineLimit longest line in bytes; a longer one comes as {@link Line.TooLong}
   */
  public static Inputs of(List<Path> files, int lineLimit) {
    return new Inputs(List.copyOf(files).iterator(), null, lineLimit);
  }

  /**
   * The lines of one stream.
   *
   * @param in closed with this
   * @param lineLimit longest line in bytes; a longer one comes as {@link Line.TooLong}
   */
  public static Inputs of(InputStream in, int lineLimit) throws IOException {
    return new Inputs(
        Collections.emptyIterator(), new LineReader(unzipped(in), lineLimit), lineLimit);
  }

  /** The next line, or null after the last one of the last file. */
  public @Nullable Line next() throws IOException {
    while (true) {
      if (current == null) {
        if (!rest.hasNext()) {
          return null;
        }
        current = new LineReader(unzipped(Files.newInputStream(rest.next())), lineLimit);
      }
      Line line = current.next(lines + 1);
      if (line != null) {
        lines++;
        return line;
      }
      current.close();
      current = null;
    }
  }

  private static InputStream unzipped(InputStream raw) throws IOException {
    BufferedInputStream in = new BufferedInputStream(raw);
    in.mark(2);
    int magic = (in.read() << 8) | in.read();
    in.reset();
    return magic == GZIP_MAGIC ? new GZIPInputStream(in, 64 * 1024) : in;
  }

  @Override
  public void close() throws IOException {
    if (current != null) {
      current.close();
    }
  }
}
