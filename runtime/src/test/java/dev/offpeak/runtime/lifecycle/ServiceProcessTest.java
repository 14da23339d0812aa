package dev.offpeak.runtime.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.offpeak.runtime.config.HttpConfig;
import dev.offpeak.runtime.health.CheckResult;
import dev.offpeak.runtime.health.HealthReport;
import dev.offpeak.runtime.lifecycle.SampleService.Config;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(600)
class ServiceProcessTest {

  private static final Config CONFIG =
      new Config("sample", Duration.ofSeconds(1), new HttpConfig("127.0.0.1", 0));

  private final SampleService service = new SampleService(CONFIG);
  private final AtomicReference<ServiceContext> context = new AtomicReference<>();

  @Test
  void runsUntilToldToStopAndThenDrains() throws Exception {
    // Given
    var process = new ServiceProcess<>(SampleService.definition(this::create), CONFIG);
    var exitCode = CompletableFuture.supplyAsync(process::run);
    service.started.await();

    // When
    process.stop();

    // Then
    assertThat(exitCode.get(5, TimeUnit.MINUTES)).isZero();
    assertThat(service.closed.getCount()).isZero();
    assertThat(context.get().health().readiness().entries())
        .containsExactly(
            new HealthReport.Entry("phase", CheckResult.notOk("the process is STOPPING")));
  }

  @Test
  void aServiceThatCannotGoOnEndsTheProcess() throws Exception {
    var process = new ServiceProcess<>(SampleService.definition(this::create), CONFIG);
    var exitCode = CompletableFuture.supplyAsync(process::run);
    service.started.await();

    context.get().failed(new IllegalStateException("fenced out"));

    assertThat(exitCode.get(5, TimeUnit.MINUTES)).isEqualTo(1);
    assertThat(service.closed.getCount()).isZero();
  }

  @Test
  void aServiceThatCannotBeginEndsTheProcess() {
    var definition =
        SampleService.definition(
            (_, _) -> {
              throw new IllegalStateException("no such topic");
            });

    assertThat(new ServiceProcess<>(definition, CONFIG).run()).isEqualTo(1);
  }

  @Test
  void aStartThatWaitsIsBrokenOffWhenToldToStop() throws Exception {
    var waiting = new WaitingService(new CountDownLatch(1), new CountDownLatch(1));
    var process = new ServiceProcess<>(SampleService.definition((_, _) -> waiting), CONFIG);
    var exitCode = CompletableFuture.supplyAsync(process::run);
    waiting.starting.await();

    process.stop();

    assertThat(exitCode.get(5, TimeUnit.MINUTES)).isZero();
    assertThat(waiting.closed.getCount()).isZero();
  }

  @Test
  void aServiceThatDoesNotDrainInTimeIsGivenUp() throws Exception {
    // Given
    var never = new CountDownLatch(1);
    var definition =
        new ServiceDefinition<>(
            "stuck",
            Config.class,
            Config::http,
            Duration.ofMillis(50),
            (_, _) -> new StuckService(never));
    var process = new ServiceProcess<>(definition, CONFIG);

    // When
    process.stop();
    var exitCode = process.run();

    // Then
    assertThat(exitCode).isEqualTo(1);
    never.countDown();
  }

  @Test
  void aProcessThatCannotBeBrokenOffEndsAllTheSame() throws Exception {
    // Given
    var wiring = new CountDownLatch(1);
    var never = new CountDownLatch(1);
    var definition =
        new ServiceDefinition<>(
            "stuck",
            Config.class,
            Config::http,
            Duration.ofMillis(50),
            (_, _) -> {
              wiring.countDown();
              never.await();
              return new StuckService(never);
            });
    var process = new ServiceProcess<>(definition, CONFIG);
    var exitCode = CompletableFuture.supplyAsync(process::run);
    wiring.await();

    // When
    process.stopAndWait();

    // Then
    assertThat(exitCode).isNotDone();
    never.countDown();
  }

  private Service create(Config config, ServiceContext given) {
    context.set(given);
    return service;
  }

  /** Waits in its start for something that does not come. */
  private record WaitingService(CountDownLatch starting, CountDownLatch closed) implements Service {

    @Override
    public String name() {
      return "waiting";
    }

    @Override
    public void start() throws InterruptedException {
      starting.countDown();
      new CountDownLatch(1).await();
    }

    @Override
    public void close() {
      closed.countDown();
    }
  }

  private record StuckService(CountDownLatch never) implements Service {

    @Override
    public String name() {
      return "stuck";
    }

    @Override
    public void start() {}

    @Override
    public void close() {
      try {
        never.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
