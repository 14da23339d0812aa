package dev.offpeak.standalone.endings;

import dev.offpeak.batcher.BatcherConfig;
import dev.offpeak.batcher.BatcherModule;
import dev.offpeak.results.ResultsConfig;
import dev.offpeak.results.ResultsModule;
import dev.offpeak.runtime.config.load.ConfigLoader;
import dev.offpeak.runtime.health.CheckResult;
import dev.offpeak.runtime.health.Health;
import dev.offpeak.runtime.lifecycle.Service;
import dev.offpeak.runtime.lifecycle.ServiceContext;
import dev.offpeak.submitter.SubmitterConfig;
import dev.offpeak.submitter.SubmitterModule;
import dev.offpeak.testkit.time.MutableClock;
import dev.offpeak.testkit.time.WaitingSleeper;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Batcher, submitter and results-service, configured as an operator would, in a time that the test
 * moves.
 */
final class Services implements AutoCloseable {

  private static final String BATCHER =
      """
      batching: {linger: 3m, check-every: 50ms, max-attempts: 3}
      streams: {state-dir: %s, threads: 1, commit-interval: 50ms}
      """;
  private static final String SUBMITTER =
      """
      group: {handover: 1s}
      polling: {shortest: 10s, longest: 30s}
      retries: {first: 5s, longest: 15s}
      uploads: {broker-patience: 30m}
      recovery: {settle: 10s, showing: 5s, search-every: 2s, overdue: 4m}
      """;
  private static final String RESULTS =
      """
      retries: {max-attempts: 3}
      downloads: {folder: %s, first-retry: 5s, longest-retry: 15s}
      """;

  private final Health health = new Health();
  private final List<Throwable> failures = new CopyOnWriteArrayList<>();
  private final List<Service> started = new ArrayList<>();

  private final Path folder;
  private final Map<String, String> environment;

  private Services(Path folder, Map<String, String> environment) {
    this.folder = folder;
    this.environment = environment;
  }

  /**
   * Starts them.
   *
   * @param shared settings that all of them have
   * @param environment where keys are
   */
  static Services start(
      String shared, Map<String, String> environment, Path folder, MutableClock time)
      throws Exception {
    Services services = new Services(folder, environment);
    ServiceContext context =
        new ServiceContext(
            time,
            new WaitingSleeper(time),
            services.health,
            new SimpleMeterRegistry(),
            services.failures::add);
    services.add(
        BatcherModule.create(
            services.load(BatcherConfig.class, shared + BATCHER.formatted(folder)), context));
    services.add(
        SubmitterModule.create(services.load(SubmitterConfig.class, shared + SUBMITTER), context));
    services.add(
        ResultsModule.create(
            services.load(ResultsConfig.class, shared + RESULTS.formatted(folder)), context));
    return services;
  }

  private <T extends Record> T load(Class<T> config, String yaml) throws IOException {
    Path file = Files.writeString(folder.resolve(config.getSimpleName() + ".yaml"), yaml);
    return ConfigLoader.load(config, file, environment);
  }

  private void add(Service service) throws Exception {
    started.add(service);
    service.start();
  }

  /** Whether all of them work. */
  boolean ready() {
    return health.readiness().entries().stream()
        .noneMatch(entry -> entry.result() instanceof CheckResult.NotOk);
  }

  /** Why one of them could not go on. */
  List<Throwable> failures() {
    return failures;
  }

  @Override
  public void close() {
    started.forEach(Service::close);
  }
}
