package dev.offpeak.schemas.foreign;

import dev.offpeak.schemas.registry.RegistryUnavailable;
import java.util.function.Supplier;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/**
 * Someone else's deserializer, held to what ours promise: the type that is asked of it, and errors
 * that tell a registry that is away from a value that is no such record.
 */
record ForeignDeserializer<T>(Deserializer<?> foreign, Class<T> type, SecondOpinion opinion)
    implements Deserializer<T> {

  @Override
  public T deserialize(String topic, byte @Nullable [] value) {
    return checked(topic, value, () -> foreign.deserialize(topic, value));
  }

  @Override
  public T deserialize(String topic, Headers headers, byte @Nullable [] value) {
    return checked(topic, value, () -> foreign.deserialize(topic, headers, value));
  }

  @SuppressWarnings("NullAway") // Kafka allows null for a value that deletes its key.
  private T checked(
      String topic, byte @Nullable [] value, Supplier<? extends @Nullable Object> reading) {
    Object record;
    try {
      record = reading.get();
    } catch (RuntimeException e) {
      RuntimeException failure = ForeignFailure.of("a value of " + topic + " can't be read", e);
      if (failure instanceof RegistryUnavailable) {
        opinion.ask(value);
      }
      throw failure;
    }
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
    opinion.close();
  }
}
