package dev.offpeak.operations.cluster;

import dev.offpeak.runtime.config.KafkaConfig;
import dev.offpeak.runtime.config.RegistryConfig;
import dev.offpeak.runtime.config.TopicsConfig;
import dev.offpeak.runtime.config.load.ConfigLoader;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/**
 * The options by which each command is told where the installation is: a file, or the addresses
 * themselves, or neither when the environment says it all.
 */
public final class ClusterOptions {

  @ArgGroup private Where where = new Where();

  private static final class Where {
    @Option(
        names = "--config",
        paramLabel = "FILE",
        description = "YAML with kafka, registry and topics, as in the services' files.")
    private @Nullable Path config;

    @ArgGroup(exclusive = false)
    private @Nullable Addresses addresses;
  }

  private static final class Addresses {
    @Option(
        names = "--bootstrap-servers",
        required = true,
        paramLabel = "HOST:PORT",
        description = "The Kafka cluster, instead of --config.")
    private String bootstrapServers = "";

    @Option(
        names = "--registry",
        required = true,
        paramLabel = "URL",
        description = "Its schema registry.")
    private String registry = "";

    @Option(
        names = "--prefix",
        paramLabel = "TEXT",
        description = "What the installation's topics begin with; default: nothing.")
    private String prefix = "";

    private ClusterConfig settings() {
      TopicsConfig own = TopicsConfig.defaults();
      return new ClusterConfig(
          KafkaConfig.at(bootstrapServers),
          RegistryConfig.at(registry),
          new TopicsConfig(prefix, own.partitions(), own.replicationFactor(), false));
    }
  }

  /**
   * Connects.
   *
   * @param environment the process's variables, which win over the file
   * @throws dev.offpeak.runtime.config.load.ConfigProblems listing all that is wrong
   * @throws org.apache.kafka.common.KafkaException when the cluster does not answer
   */
  public Cluster open(Map<String, String> environment) throws InterruptedException {
    Addresses given = where.addresses;
    Cluster cluster =
        new Cluster(
            given == null
                ? ConfigLoader.load(ClusterConfig.class, where.config, environment)
                : given.settings());
    try {
      cluster.requireAnswer();
    } catch (InterruptedException | RuntimeException e) {
      cluster.close();
      throw e;
    }
    return cluster;
  }
}
