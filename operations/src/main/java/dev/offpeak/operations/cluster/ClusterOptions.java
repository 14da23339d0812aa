package dev.offpeak.operations.cluster;

import dev.offpeak.runtime.config.KafkaConfig;
import dev.offpeak.runtime.config.RegistryConfig;
import dev.offpeak.runtime.config.TopicsConfig;
import dev.offpeak.runtime.config.load.ConfigLoader;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * The options by which each command is told where the installation is: a file, which may be a
 * service's own, or the addresses themselves. Without them the environment says it, as to a
 * service, and if it does not, the installation is looked for that runs in a state folder here.
 */
public final class ClusterOptions {

  private final CommandEnvironment surroundings;

  @Spec(Spec.Target.MIXEE)
  private @Nullable CommandSpec command;

  @ArgGroup private Where where = new Where();

  private static final class Where {
    @Option(
        names = "--config",
        paramLabel = "FILE",
        description =
            "YAML with kafka, registry and topics: cluster.yaml or the file of any service;"
                + " OFFPEAK_CONFIG names it as well.")
    private @Nullable Path config;

    @Option(
        names = "--state",
        paramLabel = "FOLDER",
        description =
            "The state folder of a run or an installation (up) that is at work; looked for in"
                + " OFFPEAK_HOME, or .offpeak here, when nothing else is given.")
    private @Nullable Path state;

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
  }

  /** Options of a command that is started there. */
  public ClusterOptions(CommandEnvironment surroundings) {
    this.surroundings = surroundings;
  }

  /**
   * Connects.
   *
   * @throws dev.offpeak.runtime.config.load.ConfigProblems listing all that is wrong
   * @throws ParameterException when nothing says where the installation is
   * @throws org.apache.kafka.common.KafkaException when the cluster does not answer
   */
  public Cluster open() throws InterruptedException {
    Cluster cluster = new Cluster(settings());
    try {
      cluster.requireAnswer();
    } catch (InterruptedException | RuntimeException e) {
      cluster.close();
      throw e;
    }
    return cluster;
  }

  ClusterConfig settings() {
    if (where.addresses != null) {
      return settings(where.addresses);
    }
    if (where.state != null) {
      return load(running(surroundings.folder().resolve(where.state)));
    }
    String named = surroundings.variable("OFFPEAK_CONFIG");
    if (where.config != null || !named.isEmpty()) {
      return load(where.config == null ? Path.of(named) : where.config);
    }
    return surroundings.variable("OFFPEAK_KAFKA_BOOTSTRAP_SERVERS").isEmpty()
        ? load(running(surroundings.home()))
        : load(null);
  }

  private ClusterConfig settings(Addresses given) {
    try {
      TopicsConfig own = TopicsConfig.defaults();
      return new ClusterConfig(
          KafkaConfig.at(given.bootstrapServers),
          RegistryConfig.at(given.registry),
          new TopicsConfig(given.prefix, own.partitions(), own.replicationFactor(), false));
    } catch (IllegalArgumentException e) {
      throw usage(String.valueOf(e.getMessage()));
    }
  }

  private ClusterConfig load(@Nullable Path file) {
    Path found = file == null ? null : surroundings.folder().resolve(file);
    return ConfigLoader.loadPart(
        ClusterConfig.class, surroundings.services(), found, surroundings.environment());
  }

  /** The one installation that runs in that state folder; says which it is. */
  private Path running(Path home) {
    List<Path> running = RunningInstallation.find(home);
    if (running.isEmpty()) {
      throw usage(
          "which installation? Give --config FILE (cluster.yaml, or the file of any service),"
              + " OFFPEAK_CONFIG, or --bootstrap-servers and --registry; neither a run nor an"
              + " installation (up) is at work in "
              + home);
    }
    if (running.size() > 1) {
      throw usage(
          running.size()
              + " installations are at work in "
              + home
              + "; choose one with --config: "
              + String.join(", ", running.stream().map(Path::toString).toList()));
    }
    line().getErr().println("offpeak: of what runs in " + running.getFirst().getParent());
    return running.getFirst();
  }

  private ParameterException usage(String problem) {
    return new ParameterException(line(), problem);
  }

  private CommandLine line() {
    return Objects.requireNonNull(command, "set by picocli").commandLine();
  }
}
