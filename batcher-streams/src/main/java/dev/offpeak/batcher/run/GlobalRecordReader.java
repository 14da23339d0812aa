package dev.offpeak.batcher.run;

import dev.offpeak.core.wait.Backoff;
import dev.offpeak.core.wait.Retries;
import dev.offpeak.core.wait.Retry;
import dev.offpeak.core.wait.RetryLater;
import dev.offpeak.core.wait.StopSignal;
import dev.offpeak.schemas.registry.RegistryUnavailable;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.apache.kafka.common.errors.InterruptException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads records of a global store, waiting for a registry that is away: the thread of global stores
 * is not replaced when it fails, as others are, but takes the whole of Kafka Streams with it.
 *
 * @param <T> the record
 */
public final class GlobalRecordReader<T> implements Function<byte[], T> {

  private static final Logger LOGGER = LoggerFactory.getLogger(GlobalRecordReader.class);
  private static final Backoff BACKOFF = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(30));

  private final Function<byte[], T> reader;
  private final StopSignal stop;
  private final Retries retries;

  /** Reads by that reader. */
  public GlobalRecordReader(Function<byte[], T> reader, StopSignal stop, RandomGenerator random) {
    this.reader = reader;
    this.stop = stop;
    this.retries =
        new Retries(
            BACKOFF,
            random,
            (_, why, _, wait) ->
                LOGGER
                    .atWarn()
                    .addKeyValue("reason", why.reason())
                    .addKeyValue("wait", wait)
                    .log("a global store waits for the registry"));
  }

  /**
   * The record of a value.
   *
   * @throws RegistryUnavailable only when the batcher is told to stop
   */
  @Override
  public T apply(byte[] value) {
    AtomicReference<@Nullable RegistryUnavailable> last = new AtomicReference<>();
    try {
      return new Retry("the registry", retries, stop)
          .until(
              () -> {
                try {
                  return reader.apply(value);
                } catch (RegistryUnavailable e) {
                  last.set(e);
                  throw RetryLater.soon(String.valueOf(e.getMessage()));
                }
              });
    } catch (InterruptedException e) {
      RegistryUnavailable away = last.get();
      if (stop.isStopped() && away != null) {
        throw away;
      }
      throw new InterruptException("interrupted while waiting for the registry", e);
    }
  }
}
