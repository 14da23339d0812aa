package dev.offpeak.results;

import dev.offpeak.results.shared.partition.PartitionThread;
import dev.offpeak.runtime.lifecycle.Service;
import dev.offpeak.schemas.control.ControlReader;
import dev.offpeak.schemas.reading.OwnerLoop;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.utils.Utils;

/** Publishes the outcomes of ended jobs, and of synchronous calls, until it is closed. */
public final class ResultsService implements Service {

  /** Makes sure that topics are as they must be. */
  @FunctionalInterface
  interface Preparation {

    void prepare() throws Exception;
  }

  private final Preparation preparation;
  private final ControlReader control;
  private final Map<String, OwnerLoop<PartitionThread>> loops;
  private final List<AutoCloseable> resources;
  private final Map<String, Thread> threads = new HashMap<>();

  /**
   * A service that has not started.
   *
   * @param control what operators want, known before any loop begins
   * @param loops by name
   * @param resources closed after the loops have ended
   */
  ResultsService(
      Preparation preparation,
      ControlReader control,
      Map<String, OwnerLoop<PartitionThread>> loops,
      List<AutoCloseable> resources) {
    this.preparation = preparation;
    this.control = control;
    this.loops = loops;
    this.resources = resources;
  }

  @Override
  public String name() {
    return "results";
  }

  @Override
  public void start() throws Exception {
    preparation.prepare();
    control.catchUp();
    control.start("results-control", () -> {});
    loops.forEach(
        (name, loop) -> threads.put(name, Thread.ofPlatform().name("results-" + name).start(loop)));
  }

  /** Commits what the current chunks hold and leaves the group. */
  @Override
  public void close() {
    control.stop();
    loops.values().forEach(OwnerLoop::stop);
    loops.forEach(this::awaitEnd);
    resources.forEach(resource -> Utils.closeQuietly(resource, "resource of the results-service"));
  }

  private void awaitEnd(String name, OwnerLoop<PartitionThread> loop) {
    Thread running = threads.get(name);
    if (running == null) {
      loop.abandon();
      return;
    }
    try {
      running.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
