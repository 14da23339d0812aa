package dev.offpeak.runtime.lifecycle;

import dev.offpeak.runtime.config.Default;
import dev.offpeak.runtime.config.HttpConfig;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;

/** A service that prints what happens to it; also a program, to be stopped from outside. */
final class SampleService implements Service {

  record Config(@Default("sample") String label, Duration linger, HttpConfig http) {}

  private final Config config;
  final CountDownLatch started = new CountDownLatch(1);
  final CountDownLatch closed = new CountDownLatch(1);

  SampleService(Config config) {
    this.config = config;
  }

  static ServiceDefinition<Config> definition(ServiceDefinition.Factory<Config> factory) {
    return new ServiceDefinition<>("sample", Config.class, Config::http, factory);
  }

  public static void main(String[] args) {
    System.exit(ServiceMain.run(args, definition((config, _) -> new SampleService(config))));
  }

  @Override
  public String name() {
    return config.label();
  }

  @Override
  public void start() {
    System.out.println("started with " + config.linger());
    started.countDown();
  }

  @Override
  public void close() {
    System.out.println("closed");
    closed.countDown();
  }
}
