package dev.offpeak.standalone.input;

import java.io.Closeable;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The lines of one file. */
interface Lines extends Closeable {

  /**
   * The next line, or null at the end.
   *
   * @param number to be given to it
   */
  @Nullable Line next(long number) throws IOException;
}
