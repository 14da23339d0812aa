package dev.offpeak.schemas.foreign;

import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/** Someone else's serializer, with errors that tell a registry that is away from a bad record. */
record ForeignSerializer<T>(Serializer<T> foreign) implements Serializer<T> {

  @Override
  public byte[] serialize(String topic, @Nullable T record) {
    try {
      return foreign.serialize(topic, record);
    } catch (RuntimeException e) {
      throw ForeignFailure.of("a record for " + topic + " can't be written", e);
    }
  }

  @Override
  public byte[] serialize(String topic, Headers headers, @Nullable T record) {
    try {
      return foreign.serialize(topic, headers, record);
    } catch (RuntimeException e) {
      throw ForeignFailure.of("a record for " + topic + " can't be written", e);
    }
  }

  @Override
  public void close() {
    foreign.close();
  }
}
