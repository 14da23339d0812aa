package dev.offpeak.results.shared.publish;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.offpeak.schemas.avro.UsageRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.Serializer;

/**
 * Makes the records of llm.usage.
 *
 * @param topic its full name
 */
public record UsageWriter(String topic, Serializer<UsageRecord> values) {

  ProducerRecord<byte[], byte[]> record(UsageRecord usage) {
    return new ProducerRecord<>(
        topic, usage.getTenant().getBytes(UTF_8), values.serialize(topic, usage));
  }
}
