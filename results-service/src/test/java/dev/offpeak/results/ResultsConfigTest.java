package dev.offpeak.results;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.offpeak.results.config.OutputsConfig;
import dev.offpeak.results.config.RetriesConfig;
import dev.offpeak.results.config.SyncConfig;
import dev.offpeak.runtime.config.ByteSize;
import dev.offpeak.runtime.config.load.ConfigLoader;
import dev.offpeak.runtime.config.load.ConfigProblems;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultsConfigTest {

  private static final String LEAST =
      """
      kafka: {bootstrap-servers: "broker:9092"}
      registry: {url: "http://registry:8081"}
      accounts:
        main: {provider: openai, api-key: "env:KEY"}
      """;

  @TempDir Path folder;

  @Test
  void defaults() throws IOException {
    ResultsConfig config = load(LEAST);

    assertThat(config.topics().prefix()).isEmpty();
    assertThat(config.limits().requestBytes()).isEqualTo(ByteSize.parse("8MiB"));
    assertThat(config.outputs().format()).isEqualTo(OutputsConfig.Format.AVRO);
    assertThat(config.prices().file()).isNull();
    assertThat(config.retries().maxAttempts()).isEqualTo(3);
    assertThat(config.downloads().effectiveFolder()).isAbsolute().hasFileName("offpeak");
    assertThat(config.downloads().concurrent()).isEqualTo(4);
    assertThat(config.downloads().deleteProviderFiles()).isFalse();
    assertThat(config.sync().concurrent()).isEqualTo(16);
    assertThat(config.sync().timeout()).isEqualTo(Duration.ofMinutes(10));
    assertThat(config.chunks().records()).isEqualTo(5_000);
    assertThat(config.chunks().bytes()).isEqualTo(ByteSize.parse("16MiB"));
    assertThat(config.chunks().time()).isEqualTo(Duration.ofSeconds(5));
  }

  @Test
  void everythingSet() throws IOException {
    ResultsConfig config =
        load(
            LEAST
                + """
                topics: {prefix: "a."}
                http: {host: 127.0.0.1, port: 8090}
                limits: {request-bytes: 1MiB}
                outputs: {format: json}
                prices: {file: /etc/prices.yaml}
                retries: {max-attempts: 5, deadline-policy: sync}
                downloads:
                  folder: /var/tmp/x
                  concurrent: 2
                  first-retry: 2s
                  longest-retry: 5m
                  delete-provider-files: true
                sync: {concurrent: 8, timeout: 3m, first-retry: 2s, longest-retry: 4s}
                chunks: {records: 10, bytes: 1KiB, time: 1s}
                """);

    assertThat(config.topics().prefix()).isEqualTo("a.");
    assertThat(config.http().port()).isEqualTo(8090);
    assertThat(config.accounts().get("main").provider()).isEqualTo("openai");
    assertThat(config.outputs().format()).isEqualTo(OutputsConfig.Format.JSON);
    assertThat(config.prices().file()).isEqualTo(Path.of("/etc/prices.yaml"));
    assertThat(config.downloads().effectiveFolder()).isEqualTo(Path.of("/var/tmp/x"));
    assertThat(config.downloads().longestRetry()).isEqualTo(Duration.ofMinutes(5));
    assertThat(config.downloads().deleteProviderFiles()).isTrue();
    assertThat(config.retries()).isEqualTo(new RetriesConfig(5, RetriesConfig.DeadlinePolicy.SYNC));
    assertThat(config.sync())
        .isEqualTo(
            new SyncConfig(8, Duration.ofMinutes(3), Duration.ofSeconds(2), Duration.ofSeconds(4)));
    assertThat(config.chunks().records()).isEqualTo(10);
  }

  @Test
  void whatCanNotBeIsNamed() {
    assertThatThrownBy(
            () ->
                load(
                    LEAST
                        + """
                        limits: {request-bytes: 0B}
                        retries: {max-attempts: 0}
                        downloads: {concurrent: 0}
                        sync: {concurrent: 201}
                        chunks: {records: 0}
                        """))
        .isInstanceOf(ConfigProblems.class)
        .hasMessageContaining("request-bytes must be 1B to 512MiB")
        .hasMessageContaining("max-attempts is 0")
        .hasMessageContaining("concurrent is 0")
        .hasMessageContaining("concurrent is 201; it must be 1 to 200")
        .hasMessageContaining("a chunk must have at least 1 record");
  }

  private ResultsConfig load(String yaml) throws IOException {
    Path file = Files.writeString(folder.resolve("results.yaml"), yaml);
    return ConfigLoader.load(ResultsConfig.class, file, Map.of("KEY", "sk-test"));
  }
}
