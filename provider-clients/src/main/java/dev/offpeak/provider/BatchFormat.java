package dev.offpeak.provider;

import dev.offpeak.core.lane.Lane;
import java.io.IOException;
import java.io.OutputStream;

/**
 * How a provider's input file looks, to the byte, so that a file's size is known while its batch is
 * still filling. A file is {@code head + line (separator line)* + tail}; a line is a fixed frame of
 * the lane around the provider id of the position and the compacted body.
 */
public interface BatchFormat {

  /**
   * The format that batches of that provider are measured in; a server may differ from it by the
   * same number of bytes in each line.
   */
  default BatchFormat usual() {
    return this;
  }

  /** Bytes of a whole file besides its lines and their separators. */
  int fileOverhead();

  /** Bytes between two lines. */
  int separatorLength();

  /** Bytes of one line besides the compacted body. */
  int lineOverhead(Lane lane);

  /** Writes what comes before the first line. */
  void writeHead(OutputStream sink) throws IOException;

  /** Writes what stands between two lines. */
  void writeSeparator(OutputStream sink) throws IOException;

  /**
   * Writes one line.
   *
   * @param body JSON; white space outside strings is dropped while writing unless {@code compact}
   * @param compact whether the body has no white space outside strings
   */
  void writeLine(
      Lane lane,
      int partition,
      long offset,
      byte[] body,
      int start,
      int length,
      boolean compact,
      OutputStream sink)
      throws IOException;

  /** Writes what comes after the last line. */
  void writeTail(OutputStream sink) throws IOException;
}
