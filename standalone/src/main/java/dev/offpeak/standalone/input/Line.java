package dev.offpeak.standalone.input;

import org.jspecify.annotations.Nullable;

/** One line of the input without its line feed, or one element of a JSON list. */
public sealed interface Line {

  /** Counted from 1 over all inputs, blank lines included. */
  long number();

  /** Where it stands. */
  Place place();

  /**
   * A line that fits.
   *
   * @param bytes as they stand in the file; a carriage return at the end is kept
   */
  record Fitting(long number, Place place, byte[] bytes) implements Line {}

  /**
   * A line over the limit; what it holds was not kept.
   *
   * @param start its first bytes
   * @param length of the whole line in bytes
   * @param customId its id, wherever in the line it stands, or null when it has none
   */
  record TooLong(long number, Place place, byte[] start, long length, @Nullable String customId)
      implements Line {}
}
