package dev.offpeak.runtime.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.offpeak.runtime.config.ByteSize;
import dev.offpeak.runtime.config.KafkaConfig;
import dev.offpeak.runtime.config.Secret;
import java.util.Map;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

class ClientPropertiesTest {

  private static final ByteSize EIGHT_MIB = ByteSize.parse("8MiB");

  private final KafkaConfig kafka =
      new KafkaConfig(
          "127.0.0.1:1",
          Map.of(
              "linger.ms",
              "50",
              "compression.type",
              "zstd",
              "acks",
              "1",
              "isolation.level",
              "read_uncommitted",
              "enable.auto.commit",
              "true"),
          Map.of("ssl.key.password", new Secret("env:KEY", "hidden")));

  @Test
  void theUsersPropertiesWinExceptWhereCorrectnessRestsOnThem() {
    var producer = ClientProperties.producer(kafka, "results-1", EIGHT_MIB);
    var consumer = ClientProperties.consumer(kafka, "results-1", "results");

    assertThat(producer)
        .containsEntry("linger.ms", "50")
        .containsEntry("compression.type", "zstd")
        .containsEntry("ssl.key.password", "hidden")
        .containsEntry("acks", "all")
        .containsEntry("enable.idempotence", true);
    assertThat(consumer)
        .containsEntry("group.id", "results")
        .containsEntry("isolation.level", "read_committed")
        .containsEntry("enable.auto.commit", false);
  }

  @Test
  void aProducerHasRoomForTheLargestRequestAndItsHeaders() {
    var properties = ClientProperties.producer(kafka, "results-1", EIGHT_MIB);

    assertThat((int) properties.get("max.request.size")).isGreaterThan(8 * 1024 * 1024);
    assertThat((long) properties.get("buffer.memory"))
        .isGreaterThan((int) properties.get("max.request.size"));
  }

  @Test
  void clientsAcceptTheProperties() {
    var plain = KafkaConfig.at("127.0.0.1:1");
    try (var consumer =
            new KafkaConsumer<>(
                ClientProperties.consumer(plain, "c", "g"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        var producer =
            new KafkaProducer<>(
                ClientProperties.transactionalProducer(plain, "p", "t", EIGHT_MIB),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {

      assertThat(consumer.groupMetadata().groupId()).isEqualTo("g");
      assertThat(producer.metrics()).isNotEmpty();
    }
  }
}
