package dev.offpeak.batcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.offpeak.batcher.admit.DeadlinePolicy;
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

class BatcherConfigTest {

  private static final String LEAST =
      """
      kafka: {bootstrap-servers: "broker:9092"}
      registry: {url: "http://registry:8081"}
      accounts: {main: {provider: openai}}
      """;

  @TempDir Path folder;

  @Test
  void defaults() throws IOException {
    var config = load(LEAST);

    assertThat(config.applicationId()).isEqualTo("offpeak-batcher");
    assertThat(config.topics().create()).isTrue();
    assertThat(config.topics().partitions()).isEqualTo(6);
    assertThat(config.topics().replicationFactor()).isEqualTo(1);
    assertThat(config.http().port()).isEqualTo(8080);
    assertThat(config.limits().requestBytes()).isEqualTo(ByteSize.parse("8MiB"));
    assertThat(config.batching().linger()).isEqualTo(Duration.ofMinutes(5));
    assertThat(config.batching().deadlineMargin()).isEqualTo(Duration.ofMinutes(5));
    assertThat(config.batching().deadlinePolicy()).isEqualTo(DeadlinePolicy.FAIL);
    assertThat(config.batching().dedupWindow()).isEqualTo(Duration.ofDays(7));
    assertThat(config.batching().maxAttempts()).isEqualTo(3);
    assertThat(config.streams().threads()).isEqualTo(2);
    assertThat(config.streams().standbyReplicas()).isZero();
    assertThat(config.streams().instanceId()).isNull();
    assertThat(config.streams().stateDir()).isEqualTo(Path.of("state/batcher"));
  }

  @Test
  void everyKeyIsMapped() throws IOException {
    var config =
        load(
            """
            kafka: {bootstrap-servers: "one:1", properties: {security.protocol: SSL}}
            registry: {url: "http://registry:8081", auto-register: false}
            topics: {prefix: "eu-", partitions: 12, replication-factor: 3, create: false}
            http: {host: 127.0.0.1, port: 1}
            accounts:
              first: {provider: anthropic, models: ["claude-*"]}
              second: {provider: openai}
            limits: {request-bytes: 1MiB}
            batching:
              linger: 1s
              deadline-margin: 2s
              deadline-policy: sync
              dedup-window: 3h
              max-attempts: 4
              check-every: 5ms
              flush-quiet: 6ms
            streams:
              application-id: b
              state-dir: /state
              threads: 7
              commit-interval: 8ms
              standby-replicas: 9
              cache: 10MiB
              instance-id: batcher-0
            """);

    assertThat(config.kafka().connection()).containsEntry("security.protocol", "SSL");
    assertThat(config.registry().autoRegister()).isFalse();
    assertThat(config.applicationId()).isEqualTo("eu-b");
    assertThat(config.topics().partitions()).isEqualTo(12);
    assertThat(config.topics().replicationFactor()).isEqualTo(3);
    assertThat(config.topics().create()).isFalse();
    assertThat(config.http().host()).isEqualTo("127.0.0.1");
    assertThat(config.accounts().keySet()).containsExactly("first", "second");
    assertThat(config.accounts().get("first").provider()).isEqualTo("anthropic");
    assertThat(config.limits().requestBytes()).isEqualTo(ByteSize.parse("1MiB"));
    assertThat(config.batching())
        .isEqualTo(
            new BatchingConfig(
                Duration.ofSeconds(1),
                Duration.ofSeconds(2),
                DeadlinePolicy.SYNC,
                Duration.ofHours(3),
                4,
                Duration.ofMillis(5),
                Duration.ofMillis(6)));
    assertThat(config.streams().stateDir()).isEqualTo(Path.of("/state"));
    assertThat(config.streams().threads()).isEqualTo(7);
    assertThat(config.streams().commitInterval()).isEqualTo(Duration.ofMillis(8));
    assertThat(config.streams().standbyReplicas()).isEqualTo(9);
    assertThat(config.streams().cache()).isEqualTo(ByteSize.parse("10MiB"));
    assertThat(config.streams().instanceId()).isEqualTo("batcher-0");
  }

  @Test
  void mistakesAreRefusedByNameAndAllAtOnce() {
    assertThatThrownBy(
            () ->
                load(
                    LEAST
                        + """
                        topics: {prefix: "no spaces"}
                        http: {prot: 3}
                        limits: {request-bytes: 1GiB}
                        batching: {max-attempts: 0}
                        streams: {instance-id: "a/b"}
                        """))
        .isInstanceOf(ConfigProblems.class)
        .hasMessageContaining("prefix is 'no spaces'")
        .hasMessageContaining("http.prot")
        .hasMessageContaining("request-bytes must be 1B to 512MiB, not 1GiB")
        .hasMessageContaining("max-attempts is 0")
        .hasMessageContaining("instance-id is 'a/b'");
  }

  private BatcherConfig load(String yaml) throws IOException {
    Path file = Files.writeString(folder.resolve("batcher.yaml"), yaml);
    return ConfigLoader.load(BatcherConfig.class, file, Map.of());
  }
}
