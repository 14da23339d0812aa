package dev.offpeak.results.config;

import dev.offpeak.runtime.config.ByteSize;
import dev.offpeak.runtime.config.Default;
import java.time.Duration;

/**
 * When a chunk of outcomes is committed: at whichever comes first. Readers of committed records see
 * a chunk at once, and a restart repeats the work of at most one.
 *
 * @param records outcomes
 * @param bytes of their keys and values
 * @param time since the chunk began; well below Kafka's transaction timeout
 */
public record ChunkLimits(
    @Default("5000") int records, @Default("16MiB") ByteSize bytes, @Default("5s") Duration time) {

  public ChunkLimits {
    if (records < 1 || bytes.bytes() < 1 || !time.isPositive()) {
      throw new IllegalArgumentException(
          "a chunk must have at least 1 record, 1 byte and some time, not "
              + records
              + ", "
              + bytes
              + " and "
              + time);
    }
  }
}
