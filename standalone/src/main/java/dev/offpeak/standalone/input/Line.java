package dev.offpeak.standalone.input;

/** One line of the input, without its line feed. */
public sealed interface Line {

  /** Counted from 1 over all inputs. */
  long number();

  /**
   * A line that fits.
   *
   * @param bytes as they stand in the file; a carriage return at the end is kept
   */
  record Fitting(long number, byte[] bytes) implements Line {}

  /**
   * A line over the limit; what it holds was not kept.
   *
   * @param start its first bytes
   * @param length of the whole line in bytes
   */
  record TooLong(long number, byte[] start, long length) implements Line {}
}
