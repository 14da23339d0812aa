package dev.offpeak.submitter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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

class SubmitterConfigTest {

  private static final Map<String, String> LEAST =
      Map.of(
          "OFFPEAK_KAFKA_BOOTSTRAP_SERVERS", "broker:9092",
          "OFFPEAK_REGISTRY_URL", "http://registry:8081",
          "A_KEY", "sk-1");

  @TempDir Path folder;

  @Test
  void defaultsFitRealProviders() {
    var config = ConfigLoader.load(SubmitterConfig.class, null, LEAST);

    assertThat(config.topics().prefix()).isEmpty();
    assertThat(config.limits().requestBytes()).isEqualTo(ByteSize.parse("8MiB"));
    assertThat(config.group().instanceId()).isNull();
    assertThat(config.group().sessionTimeout()).isEqualTo(Duration.ofSeconds(45));
    assertThat(config.group().handover()).isEqualTo(Duration.ofSeconds(20));
    assertThat(config.polling().shortest()).isEqualTo(Duration.ofSeconds(10));
    assertThat(config.polling().longest()).isEqualTo(Duration.ofMinutes(5));
    assertThat(config.retries().first()).isEqualTo(Duration.ofSeconds(1));
    assertThat(config.retries().longest()).isEqualTo(Duration.ofMinutes(5));
    assertThat(config.retries().mostAttempts()).isEqualTo(20);
    assertThat(config.recovery().settle()).isEqualTo(Duration.ofMinutes(2));
    assertThat(config.recovery().showing()).isNull();
    assertThat(config.recovery().searchEvery()).isEqualTo(Duration.ofSeconds(10));
    assertThat(config.recovery().lease()).isEqualTo(Duration.ofSeconds(30));
    assertThat(config.recovery().vanishing()).isEqualTo(Duration.ofMinutes(15));
    assertThat(config.recovery().overdue()).isEqualTo(Duration.ofHours(2));
    assertThat(config.uploads().budget()).isEqualTo(ByteSize.parse("64MiB"));
  }

  @Test
  void everyKeyIsMapped() throws IOException {
    var config =
        load(
            """
            kafka: {bootstrap-servers: "one:1,two:2"}
            registry: {url: "http://registry:8081"}
            topics: {prefix: "eu-", partitions: 12}
            http: {port: 1}
            accounts:
              main: {provider: openai, api-key: "env:A_KEY"}
            limits: {request-bytes: 1MiB}
            group: {instance-id: submitter-0, session-timeout: 5s, handover: 6s}
            uploads: {fetch-bytes: 1MiB, budget: 8MiB, broker-patience: 7s}
            polling: {shortest: 1s, longest: 2s}
            retries: {first: 3s, longest: 4s, most-attempts: 5}
            recovery: {settle: 1m, showing: 9s, search-every: 1s, lease: 2s, vanishing: 3s, overdue: 4s}
            """);

    assertThat(config.topics().prefix()).isEqualTo("eu-");
    assertThat(config.accounts().get("main").provider()).isEqualTo("openai");
    assertThat(config.limits().requestBytes()).isEqualTo(ByteSize.parse("1MiB"));
    assertThat(config.group().instanceId()).isEqualTo("submitter-0");
    assertThat(config.group().sessionTimeout()).isEqualTo(Duration.ofSeconds(5));
    assertThat(config.group().handover()).isEqualTo(Duration.ofSeconds(6));
    assertThat(config.uploads().brokerPatience()).isEqualTo(Duration.ofSeconds(7));
    assertThat(config.polling().pace().longest()).isEqualTo(Duration.ofSeconds(2));
    assertThat(config.retries().backoff().first()).isEqualTo(Duration.ofSeconds(3));
    assertThat(config.retries().mostAttempts()).isEqualTo(5);
    assertThat(config.recovery().settle()).isEqualTo(Duration.ofMinutes(1));
    assertThat(config.recovery().showing()).isEqualTo(Duration.ofSeconds(9));
    assertThat(config.recovery().searchEvery()).isEqualTo(Duration.ofSeconds(1));
    assertThat(config.recovery().lease()).isEqualTo(Duration.ofSeconds(2));
    assertThat(config.recovery().vanishing()).isEqualTo(Duration.ofSeconds(3));
    assertThat(config.recovery().overdue()).isEqualTo(Duration.ofSeconds(4));
  }

  @Test
  void whatCanNotBeIsRefusedByName() {
    assertThatThrownBy(() -> load("polling: {shortest: 2s, longest: 1s}"))
        .isInstanceOf(ConfigProblems.class)
        .hasMessageContaining("polling")
        .hasMessageContaining("the shortest must be positive and the smaller");
    assertThatThrownBy(() -> load("retries: {most-attempts: 0}"))
        .hasMessageContaining("most-attempts is 0");
    assertThatThrownBy(() -> load("recovery: {settle: 0s}"))
        .hasMessageContaining("settle is PT0S; it must be positive");
    assertThatThrownBy(() -> load("poling: {shortest: 2s}")).hasMessageContaining("poling");
  }

  private SubmitterConfig load(String yaml) throws IOException {
    return ConfigLoader.load(
        SubmitterConfig.class, Files.writeString(folder.resolve("submitter.yaml"), yaml), LEAST);
  }
}
