package dev.offpeak.schemas.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.offpeak.schemas.avro.ControlAction;
import dev.offpeak.schemas.avro.ControlRecord;
import dev.offpeak.schemas.avro.LlmRequest;
import dev.offpeak.schemas.registry.RegistryRefusal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.SerializationException;
import org.junit.jupiter.api.Test;

class SerdeFactoryTest {

  private static final String TOPIC = "llm.requests";
  private static final LlmRequest REQUEST =
      LlmRequest.newBuilder()
          .setCustomId("ticket-1 ☂")
          .setEndpoint("/v1/chat/completions")
          .setBody(ByteBuffer.wrap("{\"model\":\"m\"}".getBytes(StandardCharsets.UTF_8)))
          .setLabels(Map.of("team", "support"))
          .setDeadline(Instant.ofEpochMilli(1_795_521_600_123L))
          .build();

  @Test
  void whatIsWrittenIsRead() {
    try (var serdes = SerdeFactory.of(registry("written-is-read"))) {
      byte[] value = serdes.serializer(LlmRequest.class).serialize(TOPIC, REQUEST);

      assertThat(serdes.deserializer(LlmRequest.class).deserialize(TOPIC, value))
          .isEqualTo(REQUEST);
    }
  }

  @Test
  void aValueBeginsWithZeroAndTheSchemasId() {
    try (var serdes = SerdeFactory.of(registry("header"))) {
      var serializer = serdes.serializer(ControlRecord.class);
      serdes.serializer(LlmRequest.class).serialize(TOPIC, REQUEST);

      byte[] value = serializer.serialize("llm.control", control());

      assertThat(Arrays.copyOf(value, 5)).containsExactly(0, 0, 0, 0, 2);
    }
  }

  @Test
  void factoriesOfOneNameShareTheirSchemas() {
    try (var writing = SerdeFactory.of(registry("shared"));
        var reading = SerdeFactory.of(registry("shared"));
        var stranger = SerdeFactory.of(registry("not-shared"))) {
      byte[] value = writing.serializer(LlmRequest.class).serialize(TOPIC, REQUEST);

      assertThat(reading.deserializer(LlmRequest.class).deserialize(TOPIC, value))
          .isEqualTo(REQUEST);
      assertThatThrownBy(() -> stranger.deserializer(LlmRequest.class).deserialize(TOPIC, value))
          .isInstanceOf(RegistryRefusal.class)
          .hasMessageContaining("there is no schema with id 1");
    }
  }

  @Test
  void nullStaysNull() {
    try (var serdes = SerdeFactory.of(registry("null"))) {
      assertThat(serdes.serializer(LlmRequest.class).serialize(TOPIC, null)).isNull();
      assertThat(serdes.deserializer(LlmRequest.class).deserialize(TOPIC, null)).isNull();
    }
  }

  @Test
  void whatIsNoSuchRecordIsRefusedWithTheReason() {
    try (var serdes = SerdeFactory.of(registry("refused"))) {
      var deserializer = serdes.deserializer(LlmRequest.class);
      byte[] good = serdes.serializer(LlmRequest.class).serialize(TOPIC, REQUEST);
      byte[] control = serdes.serializer(ControlRecord.class).serialize(TOPIC, control());

      assertThatThrownBy(() -> deserializer.deserialize(TOPIC, new byte[] {0, 0, 0}))
          .isInstanceOf(SerializationException.class)
          .hasMessageContaining("has 3 bytes");
      assertThatThrownBy(
              () -> deserializer.deserialize(TOPIC, "{\"a\":1}".getBytes(StandardCharsets.UTF_8)))
          .isInstanceOf(SerializationException.class)
          .hasMessageContaining("begins with byte 0x7b");
      assertThatThrownBy(
              () -> deserializer.deserialize(TOPIC, Arrays.copyOf(good, good.length - 3)))
          .isInstanceOf(SerializationException.class)
          .hasMessageContaining(
              "with schema id 1 can't be read as dev.offpeak.schemas.avro.LlmRequest");
      assertThatThrownBy(
              () -> deserializer.deserialize(TOPIC, Arrays.copyOf(good, good.length + 1)))
          .isInstanceOf(SerializationException.class)
          .hasMessageContaining("bytes are left");
      assertThatThrownBy(() -> deserializer.deserialize(TOPIC, control))
          .isInstanceOf(SerializationException.class)
          .hasMessageContaining("can't be read as dev.offpeak.schemas.avro.LlmRequest");
    }
  }

  @Test
  void anUnknownClassIsNamed() {
    try (var serdes =
        SerdeFactory.of(
            Map.of("schema.registry.url", "mock://x", "value.serializer", "no.such.Serializer"))) {
      assertThatThrownBy(() -> serdes.serializer(LlmRequest.class))
          .isInstanceOf(ConfigException.class)
          .hasMessageContaining("value.serializer is no.such.Serializer; there is no such class");
    }
  }

  private static Map<String, Object> registry(String name) {
    return Map.of("schema.registry.url", "mock://serde-factory-" + name);
  }

  private static ControlRecord control() {
    return ControlRecord.newBuilder()
        .setAction(ControlAction.FLUSH)
        .setIssuedAt(Instant.EPOCH)
        .build();
  }
}
