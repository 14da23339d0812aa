package dev.offpeak.provider;

import java.io.Closeable;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Results line by line; memory does not grow with the file. */
public interface ResultStream extends Closeable {

  /**
   * The next line, or null at the end.
   *
   * @throws IOException when the transfer breaks; what was returned before stays valid
   */
  @Nullable ResultLine next() throws IOException;
}
