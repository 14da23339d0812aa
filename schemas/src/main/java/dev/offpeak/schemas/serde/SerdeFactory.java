package dev.offpeak.schemas.serde;

import dev.offpeak.schemas.foreign.ForeignSerdes;
import dev.offpeak.schemas.registry.Registries;
import dev.offpeak.schemas.registry.SchemaRegistry;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;

/**
 * Makes the serializers and deserializers of values, all with the same registry and cache. What it
 * makes is thread-safe and need not be closed before it.
 */
public final class SerdeFactory implements AutoCloseable {

  private static final String SERIALIZER = "value.serializer";
  private static final String DESERIALIZER = "value.deserializer";

  private final Map<String, Object> properties;
  private final SchemaRegistry registry;
  private final SerdeSettings settings;

  private SerdeFactory(Map<String, ?> properties) {
    OwnRecords.trust();
    this.properties = new HashMap<>(properties);
    this.registry = Registries.connect(properties);
    this.settings = SerdeSettings.of(properties, false);
  }

  /**
   * A factory with these properties, which mean what they mean to Confluent's serializers. It opens
   * no connection yet.
   *
   * <ul>
   *   <li>those of {@link Registries#connect}: {@code schema.registry.url} and others
   *   <li>{@code auto.register.schemas}: true unless set
   *   <li>{@code use.latest.version}: write records in the subject's latest schema
   *   <li>{@code avro.remove.java.properties}: register schemas as they stand in their files
   *   <li>{@code value.subject.name.strategy}: {@code TopicNameStrategy}, {@code
   *       RecordNameStrategy} or {@code TopicRecordNameStrategy}, with or without Confluent's
   *       package
   *   <li>{@code value.serializer}, {@code value.deserializer}: other classes than ours, such as
   *       {@code io.confluent.kafka.serializers.KafkaAvroSerializer}, when they are on the class
   *       path. They get all of these properties
   * </ul>
   *
   * @throws ConfigException when one is missing or wrong
   */
  public static SerdeFactory of(Map<String, ?> serdeProperties) {
    return new SerdeFactory(serdeProperties);
  }

  /** Writes such records as values. */
  public <T extends SpecificRecord> Serializer<T> serializer(Class<T> type) {
    String name = className(SERIALIZER, AvroSerializer.class);
    if (name.equals(AvroSerializer.class.getName())) {
      return new AvroSerializer<>(registry, settings);
    }
    return ForeignSerdes.serializer(SERIALIZER, name, properties);
  }

  /** Reads values as such records. */
  public <T extends SpecificRecord> Deserializer<T> deserializer(Class<T> type) {
    String name = className(DESERIALIZER, AvroDeserializer.class);
    if (name.equals(AvroDeserializer.class.getName())) {
      return new AvroDeserializer<>(registry, type);
    }
    return ForeignSerdes.deserializer(DESERIALIZER, name, properties, type);
  }

  private String className(String key, Class<?> otherwise) {
    Object value = properties.get(key);
    return value == null
        ? otherwise.getName()
        : value instanceof Class<?> type ? type.getName() : value.toString();
  }

  @Override
  public void close() {
    registry.close();
  }
}
