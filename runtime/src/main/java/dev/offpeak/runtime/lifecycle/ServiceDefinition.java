package dev.offpeak.runtime.lifecycle;

import dev.offpeak.runtime.config.HttpConfig;
import java.time.Duration;
import java.util.function.Function;

/**
 * How a process of one service is made.
 *
 * @param name such as {@code submitter}
 * @param configType the record that its YAML file is read into
 * @param http where in it the HTTP server is configured
 * @param drainLimit how long stopping may take before it is given up
 * @param factory wires the service; nothing runs yet
 * @param <C> the configuration
 */
public record ServiceDefinition<C extends Record>(
    String name,
    Class<C> configType,
    Function<C, HttpConfig> http,
    Duration drainLimit,
    Factory<C> factory) {

  /** Wires a service from its configuration and what the process gives it. */
  @FunctionalInterface
  public interface Factory<C> {

    /** The service, not started. */
    Service create(C config, ServiceContext context) throws Exception;
  }

  /** With a limit that fits the 30 seconds which container platforms leave for stopping. */
  public ServiceDefinition(
      String name, Class<C> configType, Function<C, HttpConfig> http, Factory<C> factory) {
    this(name, configType, http, Duration.ofSeconds(25), factory);
  }
}
