package dev.offpeak.results.config;

import dev.offpeak.runtime.config.ByteSize;
import dev.offpeak.runtime.config.Default;

/**
 * How large things may be.
 *
 * @param requestBytes the largest request of the installation, the same in all services; an outcome
 *     may be as large, and a larger answer becomes a failure that says so
 */
public record LimitsConfig(@Default("8MiB") ByteSize requestBytes) {

  private static final ByteSize LARGEST = ByteSize.parse("512MiB");

  public LimitsConfig {
    if (requestBytes.bytes() < 1 || requestBytes.compareTo(LARGEST) > 0) {
      throw new IllegalArgumentException(
          "request-bytes must be 1B to " + LARGEST + ", not " + requestBytes);
    }
  }
}
