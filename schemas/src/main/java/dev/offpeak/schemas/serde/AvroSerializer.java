package dev.offpeak.schemas.serde;

import dev.offpeak.schemas.registry.Registries;
import dev.offpeak.schemas.registry.SchemaRegistry;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/**
 * Writes generated Avro records in the Confluent wire format. Usable as {@code value.serializer} or
 * {@code key.serializer} of any Kafka client. Thread-safe once configured. Null becomes null.
 *
 * <p>When the registry is away {@link #serialize} throws {@link
 * dev.offpeak.schemas.registry.RegistryUnavailable}; the record was not sent and may be tried
 * again.
 *
 * @param <T> the records; one serializer may write several types
 */
public final class AvroSerializer<T extends SpecificRecord> implements Serializer<T> {

  private record Target(String topic, Schema schema) {}

  private final Map<Target, RecordForm> known = new ConcurrentHashMap<>();
  private final AtomicReference<@Nullable RecordBuffer> spare = new AtomicReference<>();
  private @Nullable RecordForms forms;
  private @Nullable SchemaRegistry owned;

  /** Not usable before {@link #configure}. */
  public AvroSerializer() {}

  /** Configured, with a registry that stays the caller's. */
  AvroSerializer(SchemaRegistry registry, SerdeSettings settings) {
    forms = new RecordForms(registry, settings);
  }

  /** Takes the properties that {@link SerdeFactory#of} lists. */
  @Override
  public void configure(Map<String, ?> properties, boolean isKey) {
    SchemaRegistry registry = Registries.connect(properties);
    owned = registry;
    forms = new RecordForms(registry, SerdeSettings.of(properties, isKey));
  }

  @Override
  @SuppressWarnings("NullAway") // Kafka allows null for a value that deletes its key.
  public byte[] serialize(String topic, @Nullable T record) {
    if (record == null) {
      return null;
    }
    RecordForm form = form(topic, record);
    RecordBuffer buffer = spare.getAndSet(null);
    if (buffer == null) {
      buffer = new RecordBuffer();
    }
    try {
      return form.write(record, buffer);
    } catch (IOException | AvroRuntimeException | NullPointerException | ClassCastException e) {
      throw new SerializationException(
          "a record for "
              + topic
              + " does not fit its schema "
              + record.getSchema().getFullName()
              + ": "
              + e.getMessage(),
          e);
    } finally {
      if (buffer.worthKeeping()) {
        spare.set(buffer);
      }
    }
  }

  private RecordForm form(String topic, T record) {
    var target = new Target(topic, record.getSchema());
    RecordForm form = known.get(target);
    if (form == null) {
      if (forms == null) {
        throw new IllegalStateException("configure() was not called on this serializer");
      }
      form = forms.of(topic, record);
      known.put(target, form);
    }
    return form;
  }

  @Override
  public void close() {
    if (owned != null) {
      owned.close();
    }
  }
}
