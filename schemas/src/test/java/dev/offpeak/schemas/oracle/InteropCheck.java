package dev.offpeak.schemas.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.offpeak.schemas.avro.LlmRequest;
import dev.offpeak.schemas.registry.Registries;
import dev.offpeak.schemas.serde.AvroDeserializer;
import dev.offpeak.schemas.serde.AvroSerializer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.utils.Utils;

/** What Confluent's serializers write ours read, and the other way round. */
public final class InteropCheck {

  static final String SERIALIZER = "io.confluent.kafka.serializers.KafkaAvroSerializer";
  static final String DESERIALIZER = "io.confluent.kafka.serializers.KafkaAvroDeserializer";

  private static final int HEADER = 5;

  private final String registryUrl;

  private InteropCheck(String registryUrl) {
    this.registryUrl = registryUrl;
  }

  /** Fails with what differs. */
  public static void run(String registryUrl) throws ReflectiveOperationException {
    new InteropCheck(registryUrl).run();
  }

  private void run() throws ReflectiveOperationException {
    for (Class<? extends SpecificRecord> type : Samples.TYPES) {
      bothReadWhatTheOtherWrites(type);
    }
    oursFindsWhatTheirsRegistered("ours-finds", Map.of());
    oursFindsWhatTheirsRegistered("ours-latest", Map.of("use.latest.version", true));
    theirsFindsWhatOursRegistered("theirs-finds", Map.of());
    theirsFindsWhatOursRegistered("theirs-latest", Map.of("use.latest.version", true));
    bothNameSubjectsAlike("RecordNameStrategy");
    bothNameSubjectsAlike("TopicRecordNameStrategy");
    bothRegisterWithoutJavaProperties();
  }

  private <T extends SpecificRecord> void bothReadWhatTheOtherWrites(Class<T> type)
      throws ReflectiveOperationException {
    String topic = "both." + type.getSimpleName();
    try (var ours = ours(Map.of());
        var theirs = theirs(Map.of());
        var oursReading = oursReading(type);
        var theirsReading = theirsReading()) {
      for (T sample : Samples.of(type)) {
        byte[] byOurs = ours.serialize(topic, sample);
        byte[] byTheirs = theirs.serialize(topic, sample);

        assertThat(theirsReading.deserialize(topic, byOurs)).isEqualTo(sample);
        assertThat(oursReading.deserialize(topic, byTheirs)).isEqualTo(sample);
        assertThat(byOurs).hasSameSizeAs(byTheirs);
        assertThat(header(byOurs)).isEqualTo(header(byTheirs));
      }
      assertThat(ours.serialize(topic, null)).isEqualTo(theirs.serialize(topic, null)).isNull();
    }
  }

  private void oursFindsWhatTheirsRegistered(String topic, Map<String, Object> more)
      throws ReflectiveOperationException {
    LlmRequest request = request();
    try (var theirs = theirs(Map.of());
        var ours = ours(notRegistering(more))) {
      byte[] byTheirs = theirs.serialize(topic, request);

      assertThat(ours.serialize(topic, request)).isEqualTo(byTheirs);
    }
  }

  private void theirsFindsWhatOursRegistered(String topic, Map<String, Object> more)
      throws ReflectiveOperationException {
    LlmRequest request = request();
    try (var ours = ours(Map.of());
        var theirs = theirs(notRegistering(more))) {
      byte[] byOurs = ours.serialize(topic, request);

      assertThat(theirs.serialize(topic, request)).isEqualTo(byOurs);
    }
  }

  private void bothNameSubjectsAlike(String strategy) throws ReflectiveOperationException {
    Map<String, Object> named =
        Map.of("value.subject.name.strategy", "io.confluent.kafka.serializers.subject." + strategy);
    theirsFindsIn(named, strategy);
  }

  /** Theirs, which registers nothing, finds the schema under the same subject. */
  private void theirsFindsIn(Map<String, Object> named, String topic)
      throws ReflectiveOperationException {
    LlmRequest request = request();
    try (var ours = ours(named);
        var theirs = theirs(notRegistering(named))) {
      byte[] byOurs = ours.serialize(topic, request);

      assertThat(theirs.serialize(topic, request)).isEqualTo(byOurs);
    }
  }

  private void bothRegisterWithoutJavaProperties() throws ReflectiveOperationException {
    Map<String, Object> plain = Map.of("avro.remove.java.properties", true);
    theirsFindsIn(plain, "without-java");
    try (var registry = Registries.connect(properties(Map.of()))) {
      assertThat(registry.latest("without-java-value").schema().toString())
          .doesNotContain("avro.java.string");
    }
  }

  private static LlmRequest request() {
    return Samples.of(LlmRequest.class).getFirst();
  }

  private static byte[] header(byte[] value) {
    return Arrays.copyOf(value, HEADER);
  }

  private Serializer<SpecificRecord> ours(Map<String, Object> more) {
    var serializer = new AvroSerializer<SpecificRecord>();
    serializer.configure(properties(more), false);
    return serializer;
  }

  private <T extends SpecificRecord> Deserializer<T> oursReading(Class<T> type) {
    var deserializer = new AvroDeserializer<T>();
    deserializer.configure(properties(Map.of("specific.avro.value.type", type)), false);
    return deserializer;
  }

  @SuppressWarnings("unchecked") // It takes every object.
  private Serializer<Object> theirs(Map<String, Object> more) throws ReflectiveOperationException {
    Serializer<Object> serializer = Utils.newInstance(SERIALIZER, Serializer.class);
    serializer.configure(properties(more), false);
    return serializer;
  }

  private Deserializer<?> theirsReading() throws ReflectiveOperationException {
    Deserializer<?> deserializer = Utils.newInstance(DESERIALIZER, Deserializer.class);
    deserializer.configure(properties(Map.of("specific.avro.reader", true)), false);
    return deserializer;
  }

  private Map<String, Object> properties(Map<String, Object> more) {
    var properties = new HashMap<>(more);
    properties.put("schema.registry.url", registryUrl);
    return properties;
  }

  private static Map<String, Object> notRegistering(Map<String, Object> more) {
    var properties = new HashMap<>(more);
    properties.put("auto.register.schemas", false);
    return properties;
  }
}
