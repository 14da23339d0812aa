package dev.offpeak.core.seal;

/**
 * What a provider's input file holds besides the compacted bodies, in bytes. A file is {@code head
 * + line (separator line)* + tail}.
 *
 * @param fileOverhead head and tail together
 * @param separator between two lines
 * @param lineOverhead of a line, besides its body
 */
public record FileFrame(int fileOverhead, int separator, int lineOverhead) {

  public FileFrame {
    if (fileOverhead < 0 || separator < 0 || lineOverhead < 0) {
      throw new IllegalArgumentException(
          "file overhead "
              + fileOverhead
              + ", separator "
              + separator
              + " and line overhead "
              + lineOverhead
              + " must not be negative");
    }
  }
}
