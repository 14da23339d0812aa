package dev.offpeak.schemas.serde;

import dev.offpeak.schemas.registry.Registries;
import dev.offpeak.schemas.registry.SchemaRegistry;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DatumReader;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.utils.Utils;
import org.jspecify.annotations.Nullable;

/**
 * Reads generated Avro records from the Confluent wire format, whatever version of their schema
 * they were written with. Usable as {@code value.deserializer} or {@code key.deserializer} of any
 * Kafka client, with the record's class named by {@code specific.avro.value.type} or {@code
 * specific.avro.key.type}. Thread-safe once configured. Null becomes null.
 *
 * <p>{@link #deserialize} throws {@link dev.offpeak.schemas.registry.RegistryUnavailable} when the
 * registry is away: the record may be good and must be kept. Any other {@link
 * SerializationException} means that the value is no such record.
 *
 * @param <T> the record
 */
public final class AvroDeserializer<T extends SpecificRecord> implements Deserializer<T> {

  /** What records are read as. */
  private record Target<T>(Class<T> type, Schema schema, SpecificData model) {

    static <T extends SpecificRecord> Target<T> of(Class<T> type) {
      Schema schema = SpecificData.get().getSchema(type);
      return new Target<>(type, schema, new KnownClasses(type, schema));
    }

    Reading<T> reading(Schema writer) {
      return new Reading<>(writer, new SpecificDatumReader<>(writer, schema, model));
    }
  }

  /** How records are read that were written with one schema. */
  private record Reading<T>(Schema writer, DatumReader<T> reader) {}

  private final Map<Integer, Reading<T>> readers = new ConcurrentHashMap<>();
  private @Nullable Target<T> target;
  private @Nullable SchemaRegistry registry;
  private boolean ownsRegistry;

  /** Not usable before {@link #configure}. */
  public AvroDeserializer() {}

  /** Configured, with a registry that stays the caller's. */
  AvroDeserializer(SchemaRegistry registry, Class<T> type) {
    this.registry = registry;
    this.target = Target.of(type);
  }

  /** Takes the properties that {@link SerdeFactory#of} lists, and the record's class. */
  @Override
  @SuppressWarnings("unchecked") // That the type is T is the configuration's promise.
  public void configure(Map<String, ?> properties, boolean isKey) {
    String key = isKey ? SerdeSettings.KEY_TYPE : SerdeSettings.VALUE_TYPE;
    target = Target.of((Class<T>) RecordType.of(key, properties.get(key)));
    registry = Registries.connect(properties);
    ownsRegistry = true;
  }

  @Override
  @SuppressWarnings("NullAway") // Kafka allows null for a value that deletes its key.
  public T deserialize(String topic, byte @Nullable [] value) {
    if (value == null) {
      return null;
    }
    Target<T> wanted = target;
    SchemaRegistry schemas = registry;
    if (wanted == null || schemas == null) {
      throw new IllegalStateException("configure() was not called on this deserializer");
    }
    int id = WireFormat.schemaId(topic, value);
    Reading<T> reader = readers.get(id);
    if (reader == null) {
      reader = wanted.reading(schemas.byId(id));
      readers.put(id, reader);
    }
    return read(topic, value, id, reader, wanted.schema());
  }

  private static <T> T read(String topic, byte[] value, int id, Reading<T> reading, Schema wanted) {
    BinaryDecoder decoder =
        DecoderFactory.get()
            .binaryDecoder(
                value, WireFormat.HEADER_LENGTH, value.length - WireFormat.HEADER_LENGTH, null);
    try {
      AvroBounds.check(reading.writer(), value);
      T record = reading.reader().read(null, decoder);
      if (!decoder.isEnd()) {
        throw new IOException("bytes are left after the record's end");
      }
      return record;
    } catch (IOException | RuntimeException | StackOverflowError e) {
      throw new SerializationException(
          "a value of "
              + topic
              + " with schema id "
              + id
              + " can't be read as "
              + wanted.getFullName()
              + ": "
              + e.getMessage(),
          e);
    }
  }

  @Override
  public void close() {
    if (ownsRegistry && registry != null) {
      registry.close();
    }
  }

  /** Reads the property that names the record's class. */
  private static final class RecordType {

    static Class<?> of(String key, @Nullable Object value) {
      Class<?> type = value instanceof Class<?> c ? c : load(key, value);
      if (!SpecificRecord.class.isAssignableFrom(type)) {
        throw new ConfigException(key + " is " + type.getName() + "; it must be generated by Avro");
      }
      return type;
    }

    private static Class<?> load(String key, @Nullable Object value) {
      if (value == null) {
        throw new ConfigException(
            key
                + " is not set; name the class of the records, for example"
                + " dev.offpeak.schemas.avro.LlmResult");
      }
      try {
        return Utils.loadClass(value.toString(), SpecificRecord.class);
      } catch (ClassNotFoundException e) {
        throw new ConfigException(key + " is " + value + "; there is no such class");
      }
    }
  }
}
