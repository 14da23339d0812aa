package dev.offpeak.schemas.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.offpeak.schemas.avro.ControlRecord;
import dev.offpeak.schemas.avro.LlmRequest;
import dev.offpeak.schemas.registry.RegistryUnavailable;
import dev.offpeak.schemas.serde.SerdeFactory;
import java.util.Arrays;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** A factory that is told to use Confluent's classes does, and keeps its promises with them. */
public final class DropInCheck {

  /** Nothing listens there. */
  private static final String AWAY = "http://127.0.0.1:1";

  private static final String TOPIC = "drop-in";

  private DropInCheck() {}

  /** Fails with what differs. */
  public static void run(String registryUrl) {
    for (Class<? extends SpecificRecord> type : Samples.TYPES) {
      bothFactoriesReadWhatTheOtherWrites(registryUrl, type);
    }
    whatIsNoRecordIsToldFromARegistryThatIsAway(registryUrl);
  }

  private static <T extends SpecificRecord> void bothFactoriesReadWhatTheOtherWrites(
      String registryUrl, Class<T> type) {
    String topic = TOPIC + "." + type.getSimpleName();
    try (var confluent = SerdeFactory.of(confluent(registryUrl));
        var ours = SerdeFactory.of(Map.of("schema.registry.url", registryUrl))) {
      var serializer = confluent.serializer(type);
      assertThat(serializer.toString()).contains(InteropCheck.SERIALIZER);
      for (T sample : Samples.of(type)) {
        byte[] value = serializer.serialize(topic, sample);

        assertThat(ours.deserializer(type).deserialize(topic, value)).isEqualTo(sample);
        assertThat(confluent.deserializer(type).deserialize(topic, value)).isEqualTo(sample);
      }
    }
  }

  private static void whatIsNoRecordIsToldFromARegistryThatIsAway(String registryUrl) {
    try (var here = SerdeFactory.of(confluent(registryUrl));
        var away = SerdeFactory.of(confluent(AWAY))) {
      LlmRequest request = Samples.of(LlmRequest.class).getFirst();
      byte[] good = here.serializer(LlmRequest.class).serialize(TOPIC, request);
      byte[] unknown = good.clone();
      unknown[1] = 0x70;
      byte[] short4 = {0, 0, 0, 1};
      byte[] cut = Arrays.copyOf(good, 6);
      byte[] other =
          here.serializer(ControlRecord.class)
              .serialize("other", Samples.of(ControlRecord.class).getFirst());
      var reader = here.deserializer(LlmRequest.class);

      assertNoRecord(() -> reader.deserialize(TOPIC, unknown));
      assertNoRecord(() -> reader.deserialize(TOPIC, short4));
      assertNoRecord(() -> reader.deserialize(TOPIC, cut));
      assertNoRecord(() -> reader.deserialize(TOPIC, other));
      assertThatThrownBy(() -> away.deserializer(LlmRequest.class).deserialize(TOPIC, good))
          .isInstanceOf(RegistryUnavailable.class);
      assertThatThrownBy(() -> away.serializer(LlmRequest.class).serialize(TOPIC, request))
          .isInstanceOf(RegistryUnavailable.class);
    }
  }

  private static void assertNoRecord(ThrowingCallable reading) {
    assertThatThrownBy(reading)
        .isInstanceOf(SerializationException.class)
        .isNotInstanceOf(RegistryUnavailable.class);
  }

  private static Map<String, Object> confluent(String registryUrl) {
    return Map.of(
        "schema.registry.url",
        registryUrl,
        "value.serializer",
        InteropCheck.SERIALIZER,
        "value.deserializer",
        InteropCheck.DESERIALIZER,
        "max.retries",
        0);
  }
}
