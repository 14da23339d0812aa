package dev.offpeak.submitter;

import dev.offpeak.runtime.config.ByteSize;
import dev.offpeak.runtime.config.KafkaConfig;
import dev.offpeak.runtime.kafka.ClientProperties;
import dev.offpeak.submitter.config.GroupConfig;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Makes the service's clients of Kafka, besides those of ledgers and payloads. */
final class SubmitterClients {

  /** Manifests are thrown away after their place was noted, so few are held at a time. */
  private static final int POLLED_BATCHES = 200;

  private static final ByteSize SMALL_RECORD = ByteSize.parse("64KiB");
  private static final int FETCH_BYTES = ByteSize.parse("1MiB").toIntSaturated();

  private final KafkaConfig kafka;
  private final String name;

  /**
   * For that installation.
   *
   * @param name of the group, with the topics' prefix
   */
  SubmitterClients(KafkaConfig kafka, String name) {
    this.kafka = kafka;
    this.name = name;
  }

  Admin admin() {
    return Admin.create(ClientProperties.admin(kafka, name + "-admin"));
  }

  /** The group's member that reads llm.batches. */
  Consumer<byte[], byte[]> member(GroupConfig group) {
    Map<String, Object> properties = ClientProperties.consumer(kafka, name, name);
    properties.put(
        ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG,
        CooperativeStickyAssignor.class.getName());
    properties.put(
        ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG,
        Math.toIntExact(group.sessionTimeout().toMillis()));
    properties.put(
        ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG,
        Math.toIntExact(Math.max(1, group.sessionTimeout().toMillis() / 15)));
    if (group.instanceId() != null) {
      properties.put(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG, group.instanceId());
    }
    properties.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, POLLED_BATCHES);
    properties.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, FETCH_BYTES);
    return consumer(properties);
  }

  /** Reads single batches back. */
  Consumer<byte[], byte[]> batches() {
    Map<String, Object> properties = ClientProperties.lookup(kafka, name + "-manifests");
    properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
    properties.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 1);
    properties.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, FETCH_BYTES);
    return consumer(properties);
  }

  /**
   * Reads a topic of small records on its own.
   *
   * @param purpose for the client's id
   */
  Consumer<byte[], byte[]> reader(String purpose) {
    return consumer(ClientProperties.reader(kafka, name + "-" + purpose));
  }

  /** Writes small records. */
  Producer<byte[], byte[]> producer(String purpose) {
    return new KafkaProducer<>(
        ClientProperties.producer(kafka, name + "-" + purpose, SMALL_RECORD),
        new ByteArraySerializer(),
        new ByteArraySerializer());
  }

  private static Consumer<byte[], byte[]> consumer(Map<String, Object> properties) {
    return new KafkaConsumer<>(
        properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }
}
