package dev.offpeak.batcher.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.offpeak.runtime.config.ByteSize;
import dev.offpeak.runtime.config.KafkaConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.streams.StreamsConfig;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class StreamsPropertiesTest {

  private static final ByteSize REQUEST = ByteSize.parse("8MiB");

  @Test
  void whatCorrectnessRestsOnIsNotTheUsersToChange() {
    var kafka =
        new KafkaConfig(
            "broker:9092",
            Map.of(
                "processing.guarantee", "at_least_once",
                "isolation.level", "read_uncommitted",
                "application.id", "mine",
                "security.protocol", "SSL"),
            Map.of());

    var config = new StreamsConfig(StreamsProperties.of(kafka, tuning(null), "eu-b", 3, REQUEST));

    assertThat(config.getString(StreamsConfig.PROCESSING_GUARANTEE_CONFIG))
        .isEqualTo("exactly_once_v2");
    assertThat(config.getString(StreamsConfig.APPLICATION_ID_CONFIG)).isEqualTo("eu-b");
    assertThat(config.getInt(StreamsConfig.REPLICATION_FACTOR_CONFIG)).isEqualTo(3);
    var consumer = config.getMainConsumerConfigs("eu-b", "client", 1);
    assertThat(consumer)
        .containsEntry("isolation.level", "read_committed")
        .containsEntry("security.protocol", "SSL")
        .containsEntry("auto.offset.reset", "earliest")
        .doesNotContainKey("group.instance.id");
    assertThat(config.getProducerConfigs("client"))
        .containsEntry("max.request.size", 8 * 1024 * 1024 + 64 * 1024)
        .containsEntry("acks", "all");
  }

  @Test
  void aStaticMemberHasANameForEachThread() {
    var config =
        new StreamsConfig(
            StreamsProperties.of(
                KafkaConfig.at("broker:9092"), tuning("batcher-0"), "b", -1, REQUEST));

    assertThat(config.getMainConsumerConfigs("b", "client", 2))
        .containsEntry("group.instance.id", "batcher-0-2");
    assertThat(config.getInt(StreamsConfig.NUM_STANDBY_REPLICAS_CONFIG)).isEqualTo(1);
  }

  private static StreamsTuning tuning(@Nullable String instanceId) {
    return new StreamsTuning(
        "b", Path.of("state"), 2, Duration.ofMillis(300), 1, ByteSize.parse("16MiB"), instanceId);
  }
}
