package dev.offpeak.ingest.config;

import dev.offpeak.runtime.config.ByteSize;
import dev.offpeak.runtime.config.Default;
import java.time.Duration;

/**
 * Calls that go through to a provider at once.
 *
 * @param bodyBytes largest body; it is held in memory while the call lasts
 * @param concurrent calls at the same time; a further one is refused with 429
 * @param perKey of these, those of one API key
 * @param answerTimeout how long a provider may take until it begins to answer
 * @param idle an answer of which nothing comes for so long is given up
 */
public record ProxyConfig(
    @Default("32MiB") ByteSize bodyBytes,
    @Default("512") int concurrent,
    @Default("256") int perKey,
    @Default("10m") Duration answerTimeout,
    @Default("5m") Duration idle) {

  public ProxyConfig {
    if (bodyBytes.bytes() < 1 || bodyBytes.bytes() > Integer.MAX_VALUE / 2) {
      throw new IllegalArgumentException("body-bytes must be 1B to 1GiB, not " + bodyBytes);
    }
    if (concurrent < 1 || perKey < 1) {
      throw new IllegalArgumentException(
          "concurrent and per-key must be 1 or more, not " + concurrent + " and " + perKey);
    }
    if (!answerTimeout.isPositive() || !idle.isPositive()) {
      throw new IllegalArgumentException("answer-timeout and idle must be more than zero");
    }
  }
}
