package dev.offpeak.operations.cluster;

import dev.offpeak.runtime.config.KafkaConfig;
import dev.offpeak.runtime.config.RegistryConfig;
import dev.offpeak.runtime.config.TopicsConfig;
import dev.offpeak.runtime.config.load.ConfigLoader;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options by which each command is told where the installation is. */
public final class ClusterOptions {

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "YAML with kafka, registry and topics, as in the services' files.")
  private @Nullable Path config;

  @Option(
      names = "--bootstrap-servers",
      paramLabel = "HOST:PORT",
      description = "The Kafka cluster, instead of --config.")
  private @Nullable String bootstrapServers;

  @Option(
      names = "--registry",
      paramLabel = "URL",
      description = "The schema registry, with --bootstrap-servers.")
  private @Nullable String registry;

  @Option(
      names = "--prefix",
      paramLabel = "TEXT",
      defaultValue = "",
      description = "What the installation's topics begin with, with --bootstrap-servers.")
  private String prefix = "";

  /**
   * Connects.
   *
   * @param environment the process's variables, which win over the file
   * @throws dev.offpeak.runtime.config.load.ConfigProblems listing all that is wrong
   * @throws IllegalArgumentException when the options contradict one another
   */
  public Cluster open(Map<String, String> environment) {
    return new Cluster(settings(environment));
  }

  private ClusterConfig settings(Map<String, String> environment) {
    if (bootstrapServers == null) {
      return ConfigLoader.load(ClusterConfig.class, config, environment);
    }
    if (config != null) {
      throw new IllegalArgumentException("--config and --bootstrap-servers exclude one another");
    }
    if (registry == null) {
      throw new IllegalArgumentException("--bootstrap-servers needs --registry as well");
    }
    TopicsConfig own = TopicsConfig.defaults();
    return new ClusterConfig(
        KafkaConfig.at(bootstrapServers),
        RegistryConfig.at(registry),
        new TopicsConfig(prefix, own.partitions(), own.replicationFactor(), false));
  }
}
