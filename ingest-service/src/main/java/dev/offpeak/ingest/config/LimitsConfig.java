package dev.offpeak.ingest.config;

import dev.offpeak.ingest.intake.IntakeLimits;
import dev.offpeak.runtime.config.ByteSize;
import dev.offpeak.runtime.config.Default;

/**
 * How much is taken.
 *
 * @param requestBytes longest line; the topics of the installation must be sized for it
 * @param bodyBytes largest body, after decompression: what a small body of gzip can become
 * @param concurrentStreams bodies that are read at the same time; a further one waits a little and
 *     is then refused with 429. Each may hold three times {@code requestBytes} in memory
 * @param streamsPerKey of these, those of one API key. Besides, one is kept free for each key that
 *     has none, up to half of all
 * @param inflation how many times as much the data of a gzip body may become, once it is more than
 *     16 MiB
 * @param badLines a body with more lines that are refused, or blank, is not read on
 * @param listedErrors how many refused lines an answer lists; the rest is counted
 */
public record LimitsConfig(
    @Default("8MiB") ByteSize requestBytes,
    @Default("16GiB") ByteSize bodyBytes,
    @Default("16") int concurrentStreams,
    @Default("8") int streamsPerKey,
    @Default("250") int inflation,
    @Default("100000") int badLines,
    @Default("1000") int listedErrors) {

  private static final ByteSize LARGEST_REQUEST = ByteSize.parse("512MiB");

  public LimitsConfig {
    if (requestBytes.bytes() < 1 || requestBytes.compareTo(LARGEST_REQUEST) > 0) {
      throw new IllegalArgumentException(
          "request-bytes must be 1B to " + LARGEST_REQUEST + ", not " + requestBytes);
    }
    if (bodyBytes.compareTo(requestBytes) < 0) {
      throw new IllegalArgumentException(
          "body-bytes is " + bodyBytes + ": it must be at least request-bytes, " + requestBytes);
    }
    requirePositive("concurrent-streams", concurrentStreams);
    requirePositive("streams-per-key", streamsPerKey);
    requirePositive("inflation", inflation);
    requirePositive("bad-lines", badLines);
    requirePositive("listed-errors", listedErrors);
  }

  private static void requirePositive(String name, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(name + " must be 1 or more, not " + value);
    }
  }

  /** What holds for one body. */
  public IntakeLimits ofOneBody() {
    return new IntakeLimits(
        requestBytes.toIntSaturated(), bodyBytes.bytes(), badLines, listedErrors);
  }
}
