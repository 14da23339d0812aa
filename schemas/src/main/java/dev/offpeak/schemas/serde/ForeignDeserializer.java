package dev.offpeak.schemas.serde;

import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/** Someone else's deserializer, held to the type that is asked of it. */
record ForeignDeserializer<T>(Deserializer<?> foreign, Class<T> type) implements Deserializer<T> {

  @Override
  public T deserialize(String topic, byte @Nullable [] value) {
    return checked(topic, foreign.deserialize(topic, value));
  }

  @Override
  public T deserialize(String topic, Headers headers, byte @Nullable [] value) {
    return checked(topic, foreign.deserialize(topic, headers, value));
  }

  @SuppressWarnings("NullAway") // Kafka allows null for a value that deletes its key.
  private T checked(String topic, @Nullable Object record) {
    if (record == null) {
      return null;
    }
    if (!type.isInstance(record)) {
      throw new SerializationException(
          "a value of "
              + topic
              + " was read as "
              + record.getClass().getName()
              + " by "
              + foreign.getClass().getName()
              + "; it must be "
              + type.getName());
    }
    return type.cast(record);
  }

  @Override
  public void close() {
    foreign.close();
  }
}
