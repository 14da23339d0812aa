package dev.offpeak.benchmarks.installation;

import dev.offpeak.runtime.health.Health;
import dev.offpeak.runtime.lifecycle.Service;
import dev.offpeak.runtime.lifecycle.ServiceContext;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** A service at work in this process. */
public final class RunningService implements AutoCloseable {

  private final Service service;
  private final AtomicReference<@Nullable Throwable> failure;

  private RunningService(Service service, AtomicReference<@Nullable Throwable> failure) {
    this.service = service;
    this.failure = failure;
  }

  /** Wires a service. */
  @FunctionalInterface
  interface Wiring {

    /** The service, not started. */
    Service create(ServiceContext context) throws Exception;
  }

  static RunningService start(Wiring wiring) throws Exception {
    AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    Service service =
        wiring.create(
            ServiceContext.ofSystem(new Health(), new SimpleMeterRegistry(), failure::set));
    try {
      service.start();
    } catch (Throwable e) {
      service.close();
      throw e;
    }
    return new RunningService(service, failure);
  }

  /**
   * Does nothing while the service works.
   *
   * @throws IllegalStateException when it has given up
   */
  public void failIfBroken() {
    Throwable reason = failure.get();
    if (reason != null) {
      throw new IllegalStateException(service.name() + " has given up", reason);
    }
  }

  @Override
  public void close() {
    service.close();
  }
}
