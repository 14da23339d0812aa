package dev.offpeak.batcher.run;

import dev.offpeak.runtime.time.Backoff;
import dev.offpeak.schemas.registry.RegistryUnavailable;
import java.time.Duration;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.apache.kafka.common.errors.InterruptException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads records of a global store, waiting for a registry that is away: the thread of global stores
 * is not replaced when it fails, as others are, but takes the whole of Kafka Streams with it.
 *
 * @param <T> the record
 */
public final class PatientReader<T> implements Function<byte[], T> {

  private static final Logger LOGGER = LoggerFactory.getLogger(PatientReader.class);
  private static final Backoff BACKOFF = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(30));

  private final Function<byte[], T> reader;
  private final Pauses pauses;
  private final RandomGenerator random;

  /** Reads by that reader. */
  public PatientReader(Function<byte[], T> reader, Pauses pauses, RandomGenerator random) {
    this.reader = reader;
    this.pauses = pauses;
    this.random = random;
  }

  /**
   * The record of a value.
   *
   * @throws RegistryUnavailable only when the batcher is told to stop
   */
  @Override
  public T apply(byte[] value) {
    int tries = 0;
    while (true) {
      try {
        return reader.apply(value);
      } catch (RegistryUnavailable e) {
        LOGGER.atWarn().addKeyValue("reason", e.getMessage()).log("waiting for the registry");
        if (!waits(tries++)) {
          throw e;
        }
      }
    }
  }

  private boolean waits(int tries) {
    try {
      return pauses.pause(BACKOFF.delay(tries, random));
    } catch (InterruptedException e) {
      throw new InterruptException("interrupted while waiting for the registry", e);
    }
  }
}
