package dev.offpeak.ledger.book;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * A shelf of a topic whose values are one Avro record.
 *
 * @param <A> that record
 * @param <R> what is kept of it
 */
abstract class AvroShelf<A, R> implements Shelf<R> {

  private final String topic;
  private final Deserializer<A> values;

  AvroShelf(String topic, Deserializer<A> values) {
    this.topic = topic;
    this.values = values;
  }

  @Override
  public final String topic() {
    return topic;
  }

  final A value(ConsumerRecord<byte[], byte[]> record) {
    return values.deserialize(topic, record.value());
  }
}
