package dev.offpeak.runtime.config.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.offpeak.runtime.config.ByteSize;
import dev.offpeak.runtime.config.HttpConfig;
import dev.offpeak.runtime.config.KafkaConfig;
import dev.offpeak.runtime.config.Secret;
import dev.offpeak.runtime.config.load.SampleConfig.Account;
import dev.offpeak.runtime.config.load.SampleConfig.Mode;
import dev.offpeak.runtime.config.load.SampleConfig.Tls;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigLoaderTest {

  private static final String MINIMAL =
      """
      name: offpeak
      kafka:
        bootstrap-servers: localhost:9092
      """;

  private static final String WITH_ACCOUNT =
      MINIMAL
          + """
          accounts:
            openai:
              base-url: https://api.openai.com/v1
              key: env:OPENAI_KEY
          """;

  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void nameTheFile() {
    file = folder.resolve("offpeak.yaml");
  }

  @Test
  void whatIsNotSetHasItsDefault() throws IOException {
    assertThat(load(MINIMAL, Map.of()))
        .isEqualTo(
            new SampleConfig(
                "offpeak",
                Duration.ofMinutes(10),
                new ByteSize(8 * 1024 * 1024),
                3,
                1.5,
                false,
                Mode.KEEP_ALL,
                List.of("a", "b"),
                null,
                new HttpConfig("127.0.0.1", 8080),
                KafkaConfig.at("localhost:9092"),
                null,
                Map.of()));
  }

  @Test
  void aProgramSetsSomeThingsItselfAndLeavesTheRestToTheDefaults() {
    assertThat(ConfigLoader.with(Tls.class, Map.of("certificate", "cert.pem")))
        .isEqualTo(new Tls(Path.of("cert.pem"), Duration.ofSeconds(30)));
    assertThat(
            catchThrowableOfType(
                ConfigProblems.class,
                () -> ConfigLoader.with(Tls.class, Map.of("certifikate", "x"))))
        .hasMessageContaining("certifikate")
        .hasMessageContaining("certificate");
  }

  @Test
  void everySettingIsRead() throws IOException {
    var secret = Files.writeString(folder.resolve("kafka.secret"), "jaas\n");

    var config =
        load(
            """
            name: 1.10
            linger: PT1H
            request-bytes: 200MB
            attempts: 50_000
            factor: 0.25
            dry-run: true
            mode: keep-last
            labels: [x, 010, "yes"]
            folder: data/here
            http: {host: 127.0.0.1, port: 0}
            kafka:
              bootstrap-servers: a:1,b:2
              properties: {security.protocol: SASL_SSL}
              secret-properties:
                sasl.jaas.config: file:%s
            tls: {certificate: cert.pem, timeout: 250ms}
            accounts:
              openai: {base-url: "https://api.openai.com/v1", key: {env: OPENAI_KEY}, jobs: 7}
            """
                .formatted(secret),
            Map.of("OPENAI_KEY", "sk-1"));

    assertThat(config)
        .isEqualTo(
            new SampleConfig(
                "1.10",
                Duration.ofHours(1),
                new ByteSize(200_000_000),
                50_000,
                0.25,
                true,
                Mode.KEEP_LAST,
                List.of("x", "010", "yes"),
                Path.of("data/here"),
                new HttpConfig("127.0.0.1", 0),
                new KafkaConfig(
                    "a:1,b:2",
                    Map.of("security.protocol", "SASL_SSL"),
                    Map.of("sasl.jaas.config", new Secret("file:" + secret, "jaas"))),
                new Tls(Path.of("cert.pem"), Duration.ofMillis(250)),
                Map.of(
                    "openai",
                    new Account(
                        URI.create("https://api.openai.com/v1"),
                        new Secret("env:OPENAI_KEY", "sk-1"),
                        7))));
  }

  @Test
  void unknownKeysAreRefusedByNameWithASuggestion() throws IOException {
    assertThat(problemsOf(MINIMAL + "lingr: 5m\nhttp: {prt: 1, completely-else: 2}", Map.of()))
        .containsExactly(
            "lingr: there is no such setting. Did you mean linger?",
            "http.prt: there is no such setting. Did you mean http.port?",
            "http.completely-else: there is no such setting."
                + " Remove it; possible here: host, port.");
  }

  @Test
  void theEnvironmentWinsOverFileAndDefaults() throws IOException {
    var config =
        load(
            WITH_ACCOUNT,
            Map.of(
                "OPENAI_KEY", "sk-1",
                "OFFPEAK_LINGER", "5s",
                "OFFPEAK_LABELS", "one,two",
                "OFFPEAK_KAFKA_BOOTSTRAP_SERVERS", "broker:9092",
                "OFFPEAK_TLS_CERTIFICATE", "other.pem",
                "OFFPEAK_ACCOUNTS_OPENAI_BASE_URL", "http://localhost:1234",
                "OFFPEAK_ATTEMPTS", "",
                "OFFPEAK_HOME", "anywhere",
                "OFFPEAK_FAILPOINT", "submitter.after_create",
                "OFFPEAK_UNSAFE", "submitter.fencing"));

    assertThat(config.linger()).isEqualTo(Duration.ofSeconds(5));
    assertThat(config.labels()).containsExactly("one", "two");
    assertThat(config.kafka().bootstrapServers()).isEqualTo("broker:9092");
    assertThat(config.tls()).isEqualTo(new Tls(Path.of("other.pem"), Duration.ofSeconds(30)));
    assertThat(config.accounts().get("openai").baseUrl())
        .isEqualTo(URI.create("http://localhost:1234"));
    assertThat(config.attempts()).as("an empty variable counts as not set").isEqualTo(3);
  }

  @Test
  void unknownVariablesOfOursAreRefused() throws IOException {
    assertThat(problemsOf(MINIMAL, Map.of("OFFPEAK_LINGERS", "5s", "OTHER", "x")))
        .containsExactly(
            "OFFPEAK_LINGERS: no setting belongs to this environment variable."
                + " Did you mean OFFPEAK_LINGER?");
  }

  @Test
  void allProblemsAreReportedAtOnce() throws IOException {
    assertThat(
            problemsOf(
                """
                linger: soon
                request-bytes: 8XB
                attempts: 3000000000
                dry-run: maybe
                mode: keep-some
                labels: {a: b}
                http: {port: 70000}
                kafka: localhost:9092
                accounts:
                  openai: {base-url: api.openai.com, key: env:NO_SUCH_KEY, jobs: 0}
                """,
                Map.of()))
        .extracting(problem -> problem.substring(0, problem.indexOf(':')))
        .containsExactly(
            "name",
            "linger is 'soon'",
            "request-bytes is '8XB'",
            "attempts is '3000000000'",
            "dry-run is 'maybe'",
            "mode is 'keep-some'",
            "labels",
            "http",
            "kafka",
            "accounts.openai.base-url is 'api.openai.com'",
            "accounts.openai.key");
  }

  @Test
  void aRecordsOwnRefusalNamesItsPlace() throws IOException {
    assertThat(
            problemsOf(
                WITH_ACCOUNT, Map.of("OPENAI_KEY", "sk-1", "OFFPEAK_ACCOUNTS_OPENAI_JOBS", "0")))
        .containsExactly(
            "accounts.openai: jobs must be 1 or more, not 0."
                + " Correct it in the file or the environment.");
  }

  @Test
  void aSecretWrittenInTheClearIsRefusedAndNotRepeated() throws IOException {
    assertThat(problemsOf(WITH_ACCOUNT.replace("env:OPENAI_KEY", "sk-very-secret"), Map.of()))
        .singleElement()
        .asString()
        .startsWith("accounts.openai.key: must be env:NAME or file:/path")
        .doesNotContain("sk-very-secret");
  }

  @Test
  void aFileThatIsNoYamlIsReportedWithItsLine() throws IOException {
    assertThat(problemsOf("name: a\nname: b\n", Map.of()))
        .singleElement()
        .asString()
        .contains("Duplicate", "line: 2");
    assertThat(problemsOf("name: &x a\nfolder: *x\n", Map.of()))
        .singleElement()
        .asString()
        .contains("aliases");
  }

  @Test
  void aMissingFileIsReportedByName() {
    var problems =
        catchThrowableOfType(
            ConfigProblems.class, () -> ConfigLoader.load(SampleConfig.class, file, Map.of()));

    assertThat(problems).hasMessageContaining(file.toString()).hasMessageContaining("no such file");
  }

  @Test
  void withoutAFileTheEnvironmentAloneWillDo() {
    var config =
        ConfigLoader.load(
            SampleConfig.class,
            null,
            Map.of("OFFPEAK_NAME", "n", "OFFPEAK_KAFKA_BOOTSTRAP_SERVERS", "b:1"));

    assertThat(config.kafka()).isEqualTo(KafkaConfig.at("b:1"));
  }

  @Test
  void theEffectiveConfigurationIsListedWithoutSecrets() throws IOException {
    var config =
        load(
            WITH_ACCOUNT.replace("//api", "//user:pass@api")
                + """
                http: {port: 9}
                """,
            Map.of("OPENAI_KEY", "sk-1"));

    assertThat(EffectiveConfig.describe(config))
        .contains(
            "name = offpeak",
            "linger = PT10M",
            "request-bytes = 8MiB",
            "mode = keep-all",
            "labels[1] = b",
            "folder = (not set)",
            "http.port = 9",
            "kafka.properties = (none)",
            "accounts.openai.base-url = https://******@api.openai.com/v1",
            "accounts.openai.key = ****** (env:OPENAI_KEY)")
        .noneMatch(line -> line.contains("sk-1") || line.contains("pass"));
  }

  private SampleConfig load(String yaml, Map<String, String> environment) throws IOException {
    return ConfigLoader.load(SampleConfig.class, Files.writeString(file, yaml), environment);
  }

  private List<String> problemsOf(String yaml, Map<String, String> environment) throws IOException {
    Files.writeString(file, yaml);
    return catchThrowableOfType(
            ConfigProblems.class, () -> ConfigLoader.load(SampleConfig.class, file, environment))
        .problems()
        .stream()
        .map(ConfigProblem::toString)
        .toList();
  }
}
