package dev.offpeak.standalone.node;

import dev.offpeak.runtime.lifecycle.Service;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Services that come up and go down side by side. */
final class ServiceGroup implements Closeable {

  private static final Logger LOGGER = LoggerFactory.getLogger(ServiceGroup.class);

  /** What one service does. */
  @FunctionalInterface
  private interface Step {
    void take(Service service) throws Exception;
  }

  private final List<Service> services;

  ServiceGroup(List<Service> services) {
    this.services = List.copyOf(services);
  }

  /** Returns when all have begun to work. */
  void start() throws IOException, InterruptedException {
    for (Future<?> each : all(services, Service::start)) {
      try {
        var _ = each.get();
      } catch (ExecutionException e) {
        throw new IOException("a service did not start", e);
      }
    }
  }

  /** Returns when all have stopped. */
  @Override
  public void close() {
    close(services);
  }

  /** Returns when the one of that name has stopped. */
  void close(String name) {
    close(services.stream().filter(each -> each.name().equals(name)).toList());
  }

  private static void close(List<Service> ending) {
    try {
      for (Future<?> each : all(ending, Service::close)) {
        try {
          var _ = each.get();
        } catch (ExecutionException e) {
          LOGGER.atWarn().setCause(e).log("a service did not stop well");
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static List<Future<?>> all(List<Service> services, Step step) {
    List<Future<?>> steps = new ArrayList<>();
    for (Service service : services) {
      FutureTask<?> task =
          new FutureTask<>(
              () -> {
                step.take(service);
                return service;
              });
      Thread.ofPlatform().name("node-" + service.name()).daemon().start(task);
      steps.add(task);
    }
    return steps;
  }
}
