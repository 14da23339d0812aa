package dev.offpeak.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.offpeak.ingest.auth.ApiKeys;
import dev.offpeak.ingest.auth.KeyBook;
import dev.offpeak.ingest.config.ProducerSettings.Compression;
import dev.offpeak.runtime.config.ByteSize;
import dev.offpeak.runtime.config.load.ConfigLoader;
import dev.offpeak.runtime.config.load.ConfigProblems;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IngestConfigTest {

  private static final Map<String, String> LEAST =
      Map.of("OFFPEAK_KAFKA_BOOTSTRAP_SERVERS", "broker:9092");

  @TempDir Path folder;

  @Test
  void byDefaultOnlyThisMachineMaySend() {
    var config = ConfigLoader.load(IngestConfig.class, null, LEAST);

    assertThat(config.api().host()).isEqualTo("127.0.0.1");
    assertThat(config.api().port()).isEqualTo(8090);
    assertThat(config.api().readTimeout()).isEqualTo(Duration.ofSeconds(60));
    assertThat(config.api().headTimeout()).isEqualTo(Duration.ofSeconds(10));
    assertThat(config.api().minimumRate()).isEqualTo(ByteSize.parse("256B"));
    assertThat(config.http().host()).isEqualTo("127.0.0.1");
    assertThat(config.http().port()).isEqualTo(8080);
    assertThat(keys(config).isEmpty()).isTrue();
    assertThat(config.topics().prefix()).isEmpty();
    assertThat(config.limits().requestBytes()).isEqualTo(ByteSize.parse("8MiB"));
    assertThat(config.limits().bodyBytes()).isEqualTo(ByteSize.parse("16GiB"));
    assertThat(config.limits().concurrentStreams()).isEqualTo(16);
    assertThat(config.limits().streamsPerKey()).isEqualTo(8);
    assertThat(config.limits().inflation()).isEqualTo(250);
    assertThat(config.limits().badLines()).isEqualTo(100_000);
    assertThat(config.limits().listedErrors()).isEqualTo(1_000);
    assertThat(config.producer().compression()).isEqualTo(Compression.ZSTD);
    assertThat(config.producer().bufferBytes()).isEqualTo(ByteSize.parse("32MiB"));
    assertThat(config.producer().deliveryTimeout()).isEqualTo(Duration.ofSeconds(60));
  }

  @Test
  void everyKeyIsMapped() throws IOException {
    var config =
        load(
            """
            kafka: {bootstrap-servers: "one:1,two:2", properties: {security.protocol: SSL}}
            topics: {prefix: "eu-"}
            http: {host: 10.0.0.1, port: 1}
            api:
              {host: 0.0.0.0, port: 2, read-timeout: 5s, head-timeout: 6s, minimum-rate: 0B}
            auth:
              keys:
                acme: {key: "env:ACME", tenant: t, may-choose-tenant: true}
            limits:
              {request-bytes: 1MiB, body-bytes: 2MiB, concurrent-streams: 3, listed-errors: 4,
              streams-per-key: 5, inflation: 6, bad-lines: 7}
            producer: {compression: lz4, buffer-bytes: 64MiB, delivery-timeout: 7s}
            """);

    assertThat(config.kafka().connection()).containsEntry("security.protocol", "SSL");
    assertThat(config.topics().prefix()).isEqualTo("eu-");
    assertThat(config.http().host()).isEqualTo("10.0.0.1");
    assertThat(config.api().readTimeout()).isEqualTo(Duration.ofSeconds(5));
    var caller = keys(config).find("a-key-of-sixteen-or-more");
    assertThat(caller).isNotNull();
    assertThat(caller.name()).isEqualTo("acme");
    assertThat(caller.tenant()).isEqualTo("t");
    assertThat(caller.mayChooseTenant()).isTrue();
    var body = config.limits().ofOneBody();
    assertThat(body.requestBytes()).isEqualTo(1024 * 1024);
    assertThat(body.bodyBytes()).isEqualTo(2 * 1024 * 1024);
    assertThat(body.listedRefusals()).isEqualTo(4);
    assertThat(body.badLines()).isEqualTo(7);
    assertThat(config.limits().concurrentStreams()).isEqualTo(3);
    assertThat(config.limits().streamsPerKey()).isEqualTo(5);
    assertThat(config.limits().inflation()).isEqualTo(6);
    assertThat(config.api().headTimeout()).isEqualTo(Duration.ofSeconds(6));
    assertThat(config.api().minimumRate().bytes()).isZero();
    assertThat(config.producer().compression()).isEqualTo(Compression.LZ4);
    assertThat(config.producer().bufferBytes()).isEqualTo(ByteSize.parse("64MiB"));
    assertThat(config.producer().deliveryTimeout()).isEqualTo(Duration.ofSeconds(7));
  }

  @Test
  void withoutKeysAnOpenAddressIsRefused() {
    assertThatThrownBy(() -> load("api: {host: 0.0.0.0}"))
        .isInstanceOf(ConfigProblems.class)
        .hasMessageContaining("api.host is 0.0.0.0")
        .hasMessageContaining("auth.keys");
  }

  @Test
  void mistakesAreRefusedByNameAndAllAtOnce() {
    assertThatThrownBy(
            () ->
                load(
                    """
                    api: {hostt: 127.0.0.1, port: 70000}
                    auth:
                      keys:
                        short: {key: "env:SHORT", tenant: t}
                    limits: {request-bytes: 8MiB, body-bytes: 1MiB}
                    producer: {compression: best, delivery-timeout: 10ms}
                    """))
        .isInstanceOf(ConfigProblems.class)
        .hasMessageContaining("api.hostt")
        .hasMessageContaining("Did you mean api.host?")
        .hasMessageContaining("shorter than 16 characters")
        .hasMessageContaining("body-bytes is 1MiB")
        .hasMessageContaining("producer.compression");
  }

  @Test
  void twoKeysMayNotBeTheSame() {
    assertThatThrownBy(
            () ->
                load(
                    """
                    auth:
                      keys:
                        one: {key: "env:ACME", tenant: a}
                        two: {key: "env:ACME", tenant: b}
                    """))
        .isInstanceOf(ConfigProblems.class)
        .hasMessageContaining("have the same value")
        .hasMessageNotContaining("a-key-of-sixteen-or-more");
  }

  private IngestConfig load(String yaml) throws IOException {
    var file = Files.writeString(folder.resolve("ingest.yaml"), yaml);
    var environment =
        Map.of("ACME", "a-key-of-sixteen-or-more", "SHORT", "short", "IGNORED", "whatever");
    return yaml.contains("kafka:")
        ? ConfigLoader.load(IngestConfig.class, file, environment)
        : ConfigLoader.load(
            IngestConfig.class,
            file,
            Map.of(
                "ACME", "a-key-of-sixteen-or-more",
                "SHORT", "short",
                "OFFPEAK_KAFKA_BOOTSTRAP_SERVERS", "broker:9092"));
  }

  private static ApiKeys keys(IngestConfig config) {
    return config.auth().apiKeys(new KeyBook(Clock.systemUTC(), true), Clock.systemUTC());
  }
}
