package dev.offpeak.results;

import dev.offpeak.results.consume.CompletionsLoop;
import dev.offpeak.runtime.lifecycle.Service;
import java.util.List;
import org.apache.kafka.common.utils.Utils;
import org.jspecify.annotations.Nullable;

/** Fetches the results of ended jobs and publishes their outcomes, until it is closed. */
public final class ResultsService implements Service {

  /** Makes sure that topics are as they must be. */
  @FunctionalInterface
  interface Preparation {

    void prepare() throws Exception;
  }

  private final Preparation preparation;
  private final CompletionsLoop loop;
  private final List<AutoCloseable> resources;
  private @Nullable Thread thread;

  /**
   * A service that has not started.
   *
   * @param resources closed after the loop has ended
   */
  ResultsService(Preparation preparation, CompletionsLoop loop, List<AutoCloseable> resources) {
    this.preparation = preparation;
    this.loop = loop;
    this.resources = resources;
  }

  @Override
  public String name() {
    return "results";
  }

  @Override
  public void start() throws Exception {
    preparation.prepare();
    thread = Thread.ofPlatform().name("results-completions").start(loop);
  }

  /** Commits what the current chunks hold and leaves the group. */
  @Override
  public void close() {
    loop.stop();
    Thread running = thread;
    if (running == null) {
      loop.abandon();
    } else {
      try {
        running.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    resources.forEach(resource -> Utils.closeQuietly(resource, "resource of the results-service"));
  }
}
