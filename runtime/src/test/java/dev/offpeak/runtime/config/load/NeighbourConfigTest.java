package dev.offpeak.runtime.config.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.offpeak.runtime.config.Default;
import dev.offpeak.runtime.config.HttpConfig;
import dev.offpeak.runtime.config.KafkaConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A program that reads its part of the file and the environment of another one. */
class NeighbourConfigTest {

  private static final String OF_THE_NEIGHBOUR =
      """
      name: offpeak
      linger: not looked at
      kafka:
        bootstrap-servers: localhost:9092
        secret-properties:
          sasl.jaas.config: env:JAAS
      tls:
        certificate: cert.pem
      labels: [a, b]
      accounts:
        main:
          base-url: https://host/v1
          key: env:A_KEY_THAT_IS_NOT_SET
          jobs: 7
      """;

  @TempDir Path folder;

  /** Some of what {@link SampleConfig} has, and something of its own. */
  record Part(
      KafkaConfig kafka, HttpConfig http, @Default("1") int own, Map<String, Known> accounts) {

    record Known(@Default("5") int jobs) {}
  }

  @Test
  void whatTheNeighbourKnowsIsLeftToIt() throws IOException {
    Part part = load(OF_THE_NEIGHBOUR, Map.of("JAAS", "login"));

    assertThat(part.kafka().bootstrapServers()).isEqualTo("localhost:9092");
    assertThat(part.kafka().secretProperties().get("sasl.jaas.config").reveal()).isEqualTo("login");
    assertThat(part.accounts()).isEqualTo(Map.of("main", new Part.Known(7)));
    assertThat(part.own()).isEqualTo(1);
  }

  @Test
  void variablesOfTheNeighbourAreLeftToItWhateverItsEntriesAreCalled() throws IOException {
    Part part =
        load(
            OF_THE_NEIGHBOUR,
            Map.of(
                "JAAS", "login",
                "OFFPEAK_LINGER", "5m",
                "OFFPEAK_TLS_TIMEOUT", "1s",
                "OFFPEAK_LABELS", "x",
                "OFFPEAK_ACCOUNTS_MAIN_BASE_URL", "http://simulator:8081/v1",
                "OFFPEAK_ACCOUNTS_ANOTHER_ONE_KEY", "env:K",
                "OFFPEAK_HTTP_PORT", "9"));

    assertThat(part.http().port()).isEqualTo(9);
  }

  @Test
  void whatNobodyKnowsIsAProblemWithTheClosestName() throws IOException {
    assertThat(
            problems(
                OF_THE_NEIGHBOUR
                    .replace("labels:", "lables:")
                    .replace("    jobs:", "    jobbs:")
                    .replace("  certificate:", "  certifikate:"),
                Map.of("JAAS", "x", "OFFPEAK_HTTP_PROT", "9", "OFFPEAK_LINGERS", "1s")))
        .containsExactly(
            "tls.certifikate: there is no such setting. Did you mean tls.certificate?",
            "lables: there is no such setting. Did you mean labels?",
            "accounts.main.jobbs: there is no such setting. Did you mean accounts.main.jobs?",
            "OFFPEAK_HTTP_PROT: no setting belongs to this environment variable. Did you mean"
                + " OFFPEAK_HTTP_PORT?",
            "OFFPEAK_LINGERS: no setting belongs to this environment variable. Unset it.");
  }

  @Test
  void itsOwnPartIsHeldToItsRules() throws IOException {
    assertThat(problems("accounts: {main: {jobs: many}}", Map.of()))
        .containsExactly(
            "kafka.bootstrap-servers: must be set. Set it in the file or as"
                + " OFFPEAK_KAFKA_BOOTSTRAP_SERVERS.",
            "accounts.main.jobs is 'many': must be a whole number up to 2147483647. Correct it in"
                + " the file or the environment.");
  }

  private Part load(String yaml, Map<String, String> environment) throws IOException {
    return ConfigLoader.loadPart(
        Part.class,
        List.of(SampleConfig.class),
        Files.writeString(folder.resolve("neighbour.yaml"), yaml),
        environment);
  }

  private List<String> problems(String yaml, Map<String, String> environment) {
    return catchThrowableOfType(ConfigProblems.class, () -> load(yaml, environment))
        .problems()
        .stream()
        .map(ConfigProblem::toString)
        .toList();
  }
}
