package dev.offpeak.results.shared.publish;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.offpeak.schemas.avro.UsageRecord;
import java.util.Set;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.Serializer;

/**
 * Makes the records of llm.usage.
 *
 * @param topic its full name
 * @param labels names of those that are in them
 */
public record UsageWriter(String topic, Serializer<UsageRecord> values, Set<String> labels) {

  ProducerRecord<byte[], byte[]> record(UsageRecord usage) {
    return new ProducerRecord<>(
        topic, usage.getTenant().getBytes(UTF_8), values.serialize(topic, usage));
  }
}
