package dev.offpeak.runtime.lifecycle;

import dev.offpeak.runtime.config.load.EffectiveConfig;
import dev.offpeak.runtime.health.CheckResult;
import dev.offpeak.runtime.health.Health;
import dev.offpeak.runtime.http.OperationsRoutes;
import dev.offpeak.runtime.http.ServiceEndpoints;
import dev.offpeak.runtime.metrics.ProcessMeters;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One run of a service with its HTTP server: starts both, waits for the end, drains. */
final class ServiceProcess<C extends Record> {

  private static final Logger LOGGER = LoggerFactory.getLogger(ServiceProcess.class);

  private static final int STOPPED = 0;
  private static final int FAILED = 1;

  /** For what is closed besides the service: the HTTP server, the meters. */
  private static final Duration BESIDES = Duration.ofSeconds(3);

  private enum Phase {
    STARTING,
    RUNNING,
    STOPPING
  }

  private final ServiceDefinition<C> definition;
  private final C config;
  private final Health health = new Health();
  private final CompletableFuture<Integer> stopRequest = new CompletableFuture<>();
  private final CountDownLatch ended = new CountDownLatch(1);
  private volatile Phase phase = Phase.STARTING;

  ServiceProcess(ServiceDefinition<C> definition, C config) {
    this.definition = definition;
    this.config = config;
  }

  /** Returns the exit code: 0 when it was told to stop and did, 1 when it failed. */
  int run() {
    LOGGER.atInfo().addKeyValue("service", definition.name()).log("starting");
    EffectiveConfig.describe(config).forEach(LOGGER::info);
    health.addReadiness(
        "phase", () -> CheckResult.okIf(phase == Phase.RUNNING, "the process is " + phase.name()));
    var hook = Thread.ofPlatform().name("stop-" + definition.name()).unstarted(this::stopAndWait);
    Runtime.getRuntime().addShutdownHook(hook);
    try (var meters = new ProcessMeters()) {
      return run(meters);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return FAILED;
    } catch (Exception e) {
      LOGGER.atError().setCause(e).log("the service failed");
      return FAILED;
    } finally {
      ended.countDown();
    }
  }

  private int run(ProcessMeters meters) throws Exception {
    var context = ServiceContext.ofSystem(health, meters.registry(), this::failed);
    var service = definition.factory().create(config, context);
    var operations = new OperationsRoutes(health, meters.registry());
    var http = definition.http().apply(config);
    try (var endpoints = new ServiceEndpoints(http.host(), http.port(), "http", operations)) {
      endpoints.start();
      return startAndAwaitEnd(service);
    }
  }

  private int startAndAwaitEnd(Service service) throws Exception {
    try {
      if (startUnlessStopped(service)) {
        phase = Phase.RUNNING;
        LOGGER.atInfo().addKeyValue("service", service.name()).log("running");
      }
      return stopRequest.get();
    } finally {
      phase = Phase.STOPPING;
      drain(service);
    }
  }

  /** A start that waits, for a broker that is away, say, is broken off when told to stop. */
  private boolean startUnlessStopped(Service service) throws Exception {
    var starting =
        new FutureTask<Boolean>(
            () -> {
              service.start();
              return true;
            });
    var thread = Thread.ofPlatform().name("start-" + definition.name()).start(starting);
    var _ = stopRequest.thenRun(() -> starting.cancel(true));
    try {
      return starting.get();
    } catch (CancellationException e) {
      thread.join(definition.drainLimit());
      return false;
    }
  }

  private void failed(Throwable reason) {
    LOGGER.atError().setCause(reason).log("the service cannot go on");
    stopRequest.complete(FAILED);
  }

  /** Asks the service to stop, as told from outside. */
  void stop() {
    stopRequest.complete(STOPPED);
  }

  /**
   * Runs when the process is told to stop; the process ends when it returns. Whatever does not come
   * to its end, a start or the wiring included, is left where it is: it can be killed there, too.
   */
  void stopAndWait() {
    stop();
    Duration limit = definition.drainLimit().plus(BESIDES);
    try {
      if (!ended.await(limit.toMillis(), TimeUnit.MILLISECONDS)) {
        LOGGER.atError().addKeyValue("limit", limit).log("not stopped in time; ends as it is");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void drain(Service service) throws InterruptedException, ExecutionException {
    LOGGER.atInfo().addKeyValue("limit", definition.drainLimit()).log("stopping");
    var closing = CompletableFuture.runAsync(service::close, Thread.ofVirtual()::start);
    try {
      closing.get(definition.drainLimit().toMillis(), TimeUnit.MILLISECONDS);
      LOGGER.atInfo().log("stopped");
    } catch (TimeoutException e) {
      throw new IllegalStateException(
          "the service did not stop within "
              + definition.drainLimit()
              + "; what it had taken will be taken again at the next start",
          e);
    }
  }
}
