package dev.offpeak.batcher;

import dev.offpeak.batcher.run.ClusterSetup;
import dev.offpeak.batcher.run.StreamsProcess;
import dev.offpeak.core.wait.Backoff;
import dev.offpeak.core.wait.Retries;
import dev.offpeak.core.wait.Retry;
import dev.offpeak.core.wait.RetryLater;
import dev.offpeak.core.wait.StopSignal;
import dev.offpeak.runtime.health.CheckResult;
import dev.offpeak.runtime.lifecycle.Service;
import dev.offpeak.schemas.serde.SerdeFactory;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.SerializationException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns requests into sealed batches until it is closed. While Kafka or the registry is away at the
 * start it waits; readiness says for what.
 */
public final class BatcherService implements Service {

  private static final Logger LOGGER = LoggerFactory.getLogger(BatcherService.class);
  private static final Backoff BACKOFF = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(15));

  private final ClusterSetup setup;
  private final StreamsProcess streams;
  private final SerdeFactory serdes;
  private final StopSignal stop;
  private final RandomGenerator random;
  private final Consumer<Throwable> onFailure;
  private final Thread starter = Thread.ofPlatform().name("batcher-start").unstarted(this::run);
  private volatile CheckResult started = CheckResult.notOk("Kafka was not reached yet");

  BatcherService(
      ClusterSetup setup,
      StreamsProcess streams,
      SerdeFactory serdes,
      StopSignal stop,
      RandomGenerator random,
      Consumer<Throwable> onFailure) {
    this.setup = setup;
    this.streams = streams;
    this.serdes = serdes;
    this.stop = stop;
    this.random = random;
    this.onFailure = onFailure;
  }

  @Override
  public String name() {
    return "batcher";
  }

  @Override
  public void start() {
    starter.start();
  }

  /** Whether it works on requests now. */
  CheckResult readiness() {
    return started instanceof CheckResult.Ok ? streams.readiness() : started;
  }

  private void run() {
    try {
      startWhenKafkaIsReady();
    } catch (InterruptedException _) {
      started = CheckResult.notOk("the batcher is stopping");
    } catch (RuntimeException e) {
      started = CheckResult.notOk(String.valueOf(e.getMessage()));
      onFailure.accept(e);
    }
  }

  private void startWhenKafkaIsReady() throws InterruptedException {
    Retries.Listener listener =
        (_, why, _, wait) -> {
          started = CheckResult.notOk(why.reason());
          LOGGER
              .atWarn()
              .addKeyValue("reason", why.reason())
              .addKeyValue("wait", wait)
              .log("the batcher can't start yet");
        };
    started =
        new Retry("the start", new Retries(BACKOFF, random, listener), stop)
            .until(
                () -> {
                  try {
                    setup.prepare();
                    streams.start();
                    return CheckResult.ok();
                  } catch (KafkaException e) {
                    throw RetryLater.soon(reason(e));
                  }
                });
  }

  /** The registry's exceptions say by themselves who is away. */
  private static String reason(KafkaException e) {
    return e instanceof SerializationException
        ? String.valueOf(e.getMessage())
        : "Kafka is not ready: " + e.getMessage();
  }

  @Override
  public void close() {
    stop.stop();
    starter.interrupt();
    try {
      starter.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    streams.close();
    serdes.close();
  }
}
