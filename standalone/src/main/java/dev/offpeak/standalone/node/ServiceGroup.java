package dev.offpeak.standalone.node;

import dev.offpeak.runtime.lifecycle.Service;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Services that are made, come up and go down side by side. */
final class ServiceGroup implements Closeable {

  private static final Logger LOGGER = LoggerFactory.getLogger(ServiceGroup.class);

  private final List<FutureTask<Service>> made;
  private final List<FutureTask<Service>> starting = new CopyOnWriteArrayList<>();

  /** Begins to make them. */
  ServiceGroup(List<Callable<Service>> makers) {
    made = makers.stream().map(maker -> Parts.begun("node-service", maker)).toList();
  }

  /**
   * Has all begin to work, and returns before they do.
   *
   * @param onFailure is told when one can't
   * @throws IOException when one could not be made
   */
  void start(Consumer<Throwable> onFailure) throws IOException, InterruptedException {
    for (Service service : made()) {
      starting.add(
          Parts.begun(
              "node-" + service.name(),
              () -> {
                try {
                  service.start();
                } catch (Throwable e) {
                  onFailure.accept(new IOException(service.name() + " did not start", e));
                }
                return service;
              }));
    }
  }

  /** Whether all have begun to work. */
  boolean areStarted() {
    return !starting.isEmpty() && starting.stream().allMatch(FutureTask::isDone);
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
    try {
      for (FutureTask<Service> each : starting) {
        waitFor(each);
      }
      List<FutureTask<Service>> closing = new ArrayList<>();
      for (FutureTask<Service> each : made) {
        Service service = waitFor(each);
        if (service != null && ending.test(service)) {
          closing.add(Parts.begun("node-" + service.name(), () -> closed(service)));
        }
      }
      for (FutureTask<Service> each : closing) {
        waitFor(each);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static Service closed(Service service) {
    service.close();
    return service;
  }

  /** The service of a task that ended well. */
  private static @Nullable Service waitFor(FutureTask<Service> task) throws InterruptedException {
    try {
      return task.get();
    } catch (ExecutionException e) {
      LOGGER.atWarn().setCause(e).log("a service was not made or did not stop well");
      return null;
    }
  }
}
