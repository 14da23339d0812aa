package dev.offpeak.results.config;

import dev.offpeak.runtime.config.ByteSize;
import dev.offpeak.runtime.config.Default;

/**
 * How large things may be.
 *
 * @param requestBytes the largest request of the installation, the same in all services
 * @param responseBytes the largest outcome with an answer in it; a larger one becomes a failure
 *     that says so, and where the answer still is
 */
public record LimitsConfig(
    @Default("8MiB") ByteSize requestBytes, @Default("64MiB") ByteSize responseBytes) {

  private static final ByteSize LARGEST = ByteSize.parse("512MiB");

  /** A line of a provider's results is read into memory up to a little more. */
  private static final ByteSize LARGEST_RESPONSE = ByteSize.parse("64MiB");

  /** Limits with the usual one of answers. */
  public LimitsConfig(ByteSize requestBytes) {
    this(requestBytes, LARGEST_RESPONSE);
  }

  public LimitsConfig {
    if (requestBytes.bytes() < 1 || requestBytes.compareTo(LARGEST) > 0) {
      throw new IllegalArgumentException(
          "request-bytes must be 1B to " + LARGEST + ", not " + requestBytes);
    }
    if (responseBytes.bytes() < 1 || responseBytes.compareTo(LARGEST_RESPONSE) > 0) {
      throw new IllegalArgumentException(
          "response-bytes must be 1B to " + LARGEST_RESPONSE + ", not " + responseBytes);
    }
  }

  /** What producers and llm.results are sized for. */
  public ByteSize largestBytes() {
    return requestBytes.compareTo(responseBytes) > 0 ? requestBytes : responseBytes;
  }
}
