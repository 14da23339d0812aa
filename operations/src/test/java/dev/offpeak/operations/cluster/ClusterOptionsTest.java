package dev.offpeak.operations.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.offpeak.runtime.config.ByteSize;
import dev.offpeak.runtime.config.KafkaConfig;
import dev.offpeak.runtime.config.RegistryConfig;
import dev.offpeak.runtime.config.Secret;
import dev.offpeak.runtime.config.TopicsConfig;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Where a command finds its installation. */
class ClusterOptionsTest {

  private static final String CLUSTER =
      """
      kafka: {bootstrap-servers: "a:1"}
      registry: {url: "http://registry"}
      topics: {prefix: team-a.}
      """;

  private final StringWriter said = new StringWriter();
  @TempDir Path folder;

  /** Some settings of a service that no command reads. */
  record Service(Map<String, Account> accounts, int workers) {

    record Account(Secret apiKey) {}
  }

  @Command(name = "probe")
  static final class Probe implements Callable<Integer> {
    @Mixin private final ClusterOptions cluster;
    private @Nullable ClusterConfig found;

    Probe(CommandEnvironment surroundings) {
      this.cluster = new ClusterOptions(surroundings);
    }

    @Override
    public Integer call() {
      found = cluster.settings();
      return 0;
    }
  }

  @Test
  void aServicesOwnFileSaysItAndTheAccountsThatThereAre() throws IOException {
    Path file =
        write(
            "submitter.yaml",
            CLUSTER
                + """
                workers: 3
                accounts:
                  main: {provider: openai, api-key: "env:NOT_SET_HERE", models: [gpt-*]}
                """);

    ClusterConfig found = found(Map.of(), "--config", file.toString());

    assertThat(found.topics().prefix()).isEqualTo("team-a.");
    assertThat(found.accounts())
        .isEqualTo(Map.of("main", new ClusterConfig.Account("openai", List.of("gpt-*"))));
  }

  @Test
  void theEnvironmentOfAServiceSaysItAsWell() throws IOException {
    Path file = write("submitter.yaml", CLUSTER);

    ClusterConfig found =
        found(
            Map.of(
                "OFFPEAK_CONFIG", file.toString(),
                "OFFPEAK_KAFKA_BOOTSTRAP_SERVERS", "b:2",
                "OFFPEAK_ACCOUNTS_MAIN_API_KEY", "env:K",
                "OFFPEAK_WORKERS", "9"));

    assertThat(found.kafka().bootstrapServers()).isEqualTo("b:2");
    assertThat(found.topics().prefix()).isEqualTo("team-a.");
  }

  @Test
  void theEnvironmentAloneIsEnough() {
    ClusterConfig found =
        found(
            Map.of(
                "OFFPEAK_KAFKA_BOOTSTRAP_SERVERS", "b:2", "OFFPEAK_REGISTRY_URL", "http://there"));

    assertThat(found.registry().url()).isEqualTo("http://there");
  }

  @Test
  void whatIsGivenWinsOverTheEnvironment() throws IOException {
    Path other = write("other.yaml", CLUSTER.replace("a:1", "c:3"));
    Map<String, String> environment =
        Map.of("OFFPEAK_CONFIG", write("cluster.yaml", CLUSTER).toString());

    assertThat(found(environment, "--config", other.toString()).kafka().bootstrapServers())
        .isEqualTo("c:3");
    assertThat(
            found(environment, "--bootstrap-servers", "d:4", "--registry", "http://x")
                .kafka()
                .bootstrapServers())
        .isEqualTo("d:4");
  }

  @Test
  void aKeyThatNobodyKnowsIsStillRefused() throws IOException {
    Path file = write("submitter.yaml", CLUSTER + "wrokers: 3\n");

    assertThat(run(Map.of(), "--config", file.toString())).isNotZero();

    assertThat(said.toString()).contains("wrokers").contains("Did you mean workers?");
  }

  @Test
  void theRunThatIsAtWorkHereIsFoundWhileItIs() throws IOException {
    Path run = Files.createDirectories(folder.resolve(".offpeak/runs/0123"));
    ClusterConfig where =
        new ClusterConfig(
            KafkaConfig.at("127.0.0.1:4711"),
            RegistryConfig.at("file:///a%2C%20\"b\""),
            TopicsConfig.defaults(),
            new ClusterConfig.Limits(ByteSize.parse("9MiB")),
            new ClusterConfig.Streams("offpeak-batcher"),
            Map.of("sim", new ClusterConfig.Account("gemini", List.of("gemini-*", "\"x"))),
            new ClusterConfig.Ledger("http://127.0.0.1:8070/"),
            new ClusterConfig.Gateway("http://127.0.0.1:8080"));
    try (RunningInstallation _ = RunningInstallation.announce(run, where)) {
      ClusterConfig found = found(Map.of());

      assertThat(found.kafka()).isEqualTo(where.kafka());
      assertThat(found.registry()).isEqualTo(where.registry());
      assertThat(found.limits()).isEqualTo(where.limits());
      assertThat(found.accounts()).isEqualTo(where.accounts());
      assertThat(found.ledger()).isEqualTo(where.ledger());
      assertThat(RunningInstallation.gateways(folder.resolve(".offpeak")))
          .containsExactly(URI.create("http://127.0.0.1:8080"));
      assertThat(found(Map.of(), "--state", ".offpeak").kafka()).isEqualTo(where.kafka());
      assertThat(said.toString()).contains("of what runs in").contains("0123");
    }
    assertThat(run).isEmptyDirectory();
    assertThat(run(Map.of())).isEqualTo(CommandLine.ExitCode.USAGE);
    assertThat(said.toString()).contains("which installation?").contains("is at work in");
  }

  @Test
  void whatAKilledRunHasLeftBehindIsNotBelieved() throws IOException {
    Path run = Files.createDirectories(folder.resolve(".offpeak/runs/0123"));
    Files.writeString(run.resolve("cluster.yaml"), CLUSTER);

    assertThat(run(Map.of())).isEqualTo(CommandLine.ExitCode.USAGE);
    assertThat(said.toString()).contains("is at work in");
  }

  @Test
  void ofSeveralRunsOneMustBeChosen() throws IOException {
    ClusterConfig where =
        new ClusterConfig(
            KafkaConfig.at("h:1"), RegistryConfig.at("http://r"), TopicsConfig.defaults());
    Path first = Files.createDirectories(folder.resolve(".offpeak/runs/1"));
    Path second = Files.createDirectories(folder.resolve(".offpeak/runs/2"));
    try (RunningInstallation _ = RunningInstallation.announce(first, where);
        RunningInstallation _ = RunningInstallation.announce(second, where)) {

      assertThat(run(Map.of())).isEqualTo(CommandLine.ExitCode.USAGE);
      assertThat(said.toString())
          .contains("2 installations are at work")
          .contains(second.resolve("cluster.yaml").toString());
    }
  }

  private Path write(String name, String text) throws IOException {
    return Files.write(folder.resolve(name), text.getBytes(UTF_8));
  }

  private ClusterConfig found(Map<String, String> environment, String... arguments) {
    Probe probe = new Probe(surroundings(environment));
    assertThat(line(probe).execute(arguments)).as(said.toString()).isZero();
    return Objects.requireNonNull(probe.found);
  }

  private int run(Map<String, String> environment, String... arguments) {
    return line(new Probe(surroundings(environment))).execute(arguments);
  }

  private CommandLine line(Probe probe) {
    return new CommandLine(probe)
        .setErr(new PrintWriter(said, true))
        .setExecutionExceptionHandler(
            (problem, line, _) -> {
              line.getErr().println(problem.getMessage());
              return 1;
            });
  }

  private CommandEnvironment surroundings(Map<String, String> environment) {
    return new CommandEnvironment(List.of(Service.class), environment, folder);
  }
}
