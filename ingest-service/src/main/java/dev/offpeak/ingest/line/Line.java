package dev.offpeak.ingest.line;

/** One line of a body that is not blank. */
public sealed interface Line {

  /** Counted from 1; blank lines count too, so that the number is the one an editor shows. */
  long number();

  /**
   * A line within the limit.
   *
   * @param bytes as they came, without the line feed, or carriage return and line feed, at the end
   */
  record Whole(long number, byte[] bytes) implements Line {}

  /**
   * A line over the limit. Its bytes were read and dropped.
   *
   * @param length of the line in bytes, without its line feed but with a carriage return
   */
  record TooLong(long number, long length) implements Line {}
}
