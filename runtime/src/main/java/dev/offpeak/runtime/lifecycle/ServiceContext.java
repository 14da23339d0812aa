package dev.offpeak.runtime.lifecycle;

import dev.offpeak.core.wait.Sleeper;
import dev.offpeak.runtime.health.Health;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.function.Consumer;

/**
 * What the process gives to a service.
 *
 * @param clock the time
 * @param sleeper how to wait
 * @param health where checks are added
 * @param meters where measurements go
 * @param onFailure is told why when a service cannot go on
 */
public record ServiceContext(
    Clock clock,
    Sleeper sleeper,
    Health health,
    MeterRegistry meters,
    Consumer<Throwable> onFailure) {

  /** Real time. */
  public static ServiceContext ofSystem(
      Health health, MeterRegistry meters, Consumer<Throwable> onFailure) {
    return new ServiceContext(Clock.systemUTC(), Sleeper.system(), health, meters, onFailure);
  }

  /** Says that the service cannot go on, which ends the process. Only the first reason counts. */
  public void failed(Throwable reason) {
    onFailure.accept(reason);
  }
}
