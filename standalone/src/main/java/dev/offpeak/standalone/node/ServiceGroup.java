package dev.offpeak.standalone.node;

import dev.offpeak.runtime.lifecycle.Service;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Services that are made, come up and go down side by side. */
final class ServiceGroup implements Closeable {

  private static final Logger LOGGER = LoggerFactory.getLogger(ServiceGroup.class);

  /** What one service does. */
  @FunctionalInterface
  private interface Step {
    void take(Service service) throws Exception;
  }

  private final List<FutureTask<Service>> made;

  /** Begins to make them. */
  ServiceGroup(List<Callable<Service>> makers) {
    made = makers.stream().map(maker -> aside("node-service", maker)).toList();
  }

  /** Returns when all have begun to work. */
  void start() throws IOException, InterruptedException {
    for (Future<?> each : all(made(), Service::start)) {
      try {
        var _ = each.get();
      } catch (ExecutionException e) {
        throw new IOException("a service did not start", e);
      }
    }
  }

  private List<Service> made() throws IOException, InterruptedException {
    List<Service> all = new ArrayList<>();
    for (FutureTask<Service> each : made) {
      all.add(Parts.started(each));
    }
    return all;
  }

  /** Returns when all have stopped. */
  @Override
  public void close() {
    close(_ -> true);
  }

  /** Returns when the one of that name has stopped. */
  void close(String name) {
    close(service -> service.name().equals(name));
  }

  private void close(Predicate<Service> ending) {
    List<Service> services = new ArrayList<>();
    try {
      for (FutureTask<Service> each : made) {
        try {
          services.add(each.get());
        } catch (ExecutionException neverMade) {
          LOGGER.atDebug().setCause(neverMade).log("a service that was never made needs no stop");
        }
      }
      for (Future<?> each : all(services.stream().filter(ending).toList(), Service::close)) {
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
      steps.add(
          aside(
              "node-" + service.name(),
              () -> {
                step.take(service);
                return service;
              }));
    }
    return steps;
  }

  private static <T> FutureTask<T> aside(String name, Callable<T> what) {
    FutureTask<T> task = new FutureTask<>(what);
    Thread.ofPlatform().name(name).daemon().start(task);
    return task;
  }
}
