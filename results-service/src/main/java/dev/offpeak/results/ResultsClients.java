package dev.offpeak.results;

import dev.offpeak.runtime.config.ByteSize;
import dev.offpeak.runtime.config.KafkaConfig;
import dev.offpeak.runtime.kafka.ClientProperties;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Makes the Kafka clients of the results-service. */
final class ResultsClients {

  private static final String NAME = "offpeak-results";

  private final KafkaConfig kafka;
  private final String prefix;
  private final ByteSize largestRequest;

  /** Clients are told apart by their ids, in metrics and logs. */
  private final AtomicInteger readers = new AtomicInteger();

  /**
   * Clients of that cluster.
   *
   * @param prefix of the installation
   * @param largestRequest what records are sized for
   */
  ResultsClients(KafkaConfig kafka, String prefix, ByteSize largestRequest) {
    this.kafka = kafka;
    this.prefix = prefix;
    this.largestRequest = largestRequest;
  }

  /** The consumer group that takes llm.completions. */
  String group() {
    return prefix + NAME;
  }

  /** The consumer group that takes llm.urgent. */
  String urgentGroup() {
    return group() + "-urgent";
  }

  Admin admin() {
    return Admin.create(ClientProperties.admin(kafka, NAME + "-admin"));
  }

  /** A member of that group. Partitions that stay with it go on while others move. */
  Consumer<byte[], byte[]> member(String group) {
    var properties = ClientProperties.consumer(kafka, group.substring(prefix.length()), group);
    properties.put(
        ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG,
        CooperativeStickyAssignor.class.getName());
    return new KafkaConsumer<>(
        properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  /** A reader of known places. */
  Consumer<byte[], byte[]> reader() {
    String id = NAME + "-reader-" + readers.incrementAndGet();
    return new KafkaConsumer<>(
        ClientProperties.lookup(kafka, id),
        new ByteArrayDeserializer(),
        new ByteArrayDeserializer());
  }

  /** A reader of all that comes to llm.control. */
  Consumer<byte[], byte[]> controlReader() {
    return new KafkaConsumer<>(
        ClientProperties.reader(kafka, NAME + "-control"),
        new ByteArrayDeserializer(),
        new ByteArrayDeserializer());
  }

  /** The producer of a partition of llm.completions; it fences out all before it. */
  Producer<byte[], byte[]> producer(int partition) {
    return producer(NAME + "-" + partition);
  }

  /** The producer of a partition of llm.urgent; it fences out all before it. */
  Producer<byte[], byte[]> urgentProducer(int partition) {
    return producer(NAME + "-urgent-" + partition);
  }

  private Producer<byte[], byte[]> producer(String id) {
    return new KafkaProducer<>(
        ClientProperties.transactionalProducer(kafka, id, prefix + id, largestRequest),
        new ByteArraySerializer(),
        new ByteArraySerializer());
  }
}
