package dev.offpeak.provider;

import java.io.IOException;
import java.io.OutputStream;

/** An input file of known length that writes itself, once for each call of {@link #writeTo}. */
public interface Payload {

  /** Exact number of bytes that {@link #writeTo} will write. */
  long length();

  /**
   * Writes the whole file.
   *
   * @throws IOException when the source can't be read, or the sink is closed
   */
  void writeTo(OutputStream sink) throws IOException;
}
