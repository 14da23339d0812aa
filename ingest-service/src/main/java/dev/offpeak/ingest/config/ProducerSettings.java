package dev.offpeak.ingest.config;

import dev.offpeak.runtime.config.ByteSize;
import dev.offpeak.runtime.config.Default;
import java.time.Duration;

/**
 * How requests are written to Kafka.
 *
 * @param compression of the records
 * @param bufferBytes what may wait to be sent, over all bodies; when it is full, bodies are not
 *     read on
 * @param deliveryTimeout a record that Kafka has not acknowledged after so long has failed, and
 *     with it the rest of its body
 */
public record ProducerSettings(
    @Default("zstd") Compression compression,
    @Default("32MiB") ByteSize bufferBytes,
    @Default("60s") Duration deliveryTimeout) {

  private static final Duration SHORTEST = Duration.ofSeconds(1);

  /** The codecs that Kafka knows. */
  public enum Compression {
    NONE,
    GZIP,
    SNAPPY,
    LZ4,
    ZSTD
  }

  public ProducerSettings {
    if (deliveryTimeout.compareTo(SHORTEST) < 0) {
      throw new IllegalArgumentException(
          "delivery-timeout must be 1s or more, not " + deliveryTimeout.toMillis() + "ms");
    }
  }
}
