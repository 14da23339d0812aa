package dev.offpeak.standalone.input;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The lines of several files, one file after the other, plain or gzip, JSON lines or a JSON list
 * (told by what they hold, not by their names). Blank lines are passed over.
 */
public final class Inputs implements Closeable {

  private final Iterator<Path> rest;
  private final int lineLimit;
  private @Nullable Lines current;
  private int file;
  private long lines;
  private long blank;

  private Inputs(Iterator<Path> rest, @Nullable Lines current, int lineLimit) {
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
    return new Inputs(Collections.emptyIterator(), Opened.of(in).lines(0, lineLimit), lineLimit);
  }

  /** Lines so far, blank ones included. */
  public long lines() {
    return lines;
  }

  /** Blank lines that were passed over so far. */
  public long blank() {
    return blank;
  }

  /** The next line that is not blank, or null after the last one of the last file. */
  public @Nullable Line next() throws IOException {
    while (true) {
      if (current == null) {
        if (!rest.hasNext()) {
          return null;
        }
        current = Opened.of(Files.newInputStream(rest.next())).lines(file++, lineLimit);
      }
      Line line = current.next(lines + 1);
      if (line != null) {
        lines++;
        if (isBlank(line)) {
          blank++;
          continue;
        }
        return line;
      }
      current.close();
      current = null;
    }
  }

  static boolean isBlank(Line line) {
    return line instanceof Line.Fitting fitting
        && Beginning.firstOf(fitting.bytes(), 0, fitting.bytes().length) == fitting.bytes().length;
  }

  @Override
  public void close() throws IOException {
    if (current != null) {
      current.close();
    }
  }
}
