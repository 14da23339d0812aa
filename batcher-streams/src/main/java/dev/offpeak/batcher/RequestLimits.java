package dev.offpeak.batcher;

import dev.offpeak.runtime.config.ByteSize;
import dev.offpeak.runtime.config.Default;

/**
 * What requests may be.
 *
 * @param requestBytes largest value of llm.requests; topics and producers are sized from it, so all
 *     services of an installation must have the same
 */
public record RequestLimits(@Default("8MiB") ByteSize requestBytes) {

  private static final ByteSize LARGEST = ByteSize.parse("512MiB");

  public RequestLimits {
    if (requestBytes.bytes() < 1 || requestBytes.compareTo(LARGEST) > 0) {
      throw new IllegalArgumentException(
          "request-bytes must be 1B to " + LARGEST + ", not " + requestBytes);
    }
  }
}
