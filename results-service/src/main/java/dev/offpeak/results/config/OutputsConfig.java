package dev.offpeak.results.config;

import dev.offpeak.runtime.config.Default;

/**
 * What outcomes look like.
 *
 * @param format of the values in llm.results and llm.failures: {@code avro}, or {@code json} in the
 *     shape of the provider's own output lines
 */
public record OutputsConfig(@Default("avro") Format format) {

  /** Forms of a value. */
  public enum Format {
    AVRO,
    JSON
  }
}
