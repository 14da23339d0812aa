package dev.offpeak.testkit.broker;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * Reads whole topics as a reader of committed records sees them at this moment. Kafka shows a
 * transaction a little after its commit, so tests call it inside {@code
 * await().untilAsserted(...)}.
 */
public final class RecordsReader {

  private static final Duration POLL = Duration.ofMillis(100);

  private final String bootstrapServers;

  public RecordsReader(String bootstrapServers) {
    this.bootstrapServers = bootstrapServers;
  }

  /** All committed records of the topic, each partition in order. */
  public List<ConsumerRecord<byte[], byte[]>> read(String topic) {
    return read(topic, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  /** The same with keys and values decoded. */
  public <K, V> List<ConsumerRecord<K, V>> read(
      String topic, Deserializer<K> keys, Deserializer<V> values) {
    Map<String, Object> config =
        Map.of(
            ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
            bootstrapServers,
            ConsumerConfig.ISOLATION_LEVEL_CONFIG,
            "read_committed",
            ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
            "earliest",
            ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
            false);
    try (var consumer = new KafkaConsumer<>(config, keys, values)) {
      var partitions =
          consumer.partitionsFor(topic).stream()
              .map(info -> new TopicPartition(topic, info.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      var ends = consumer.endOffsets(partitions);
      var records = new ArrayList<ConsumerRecord<K, V>>();
      while (ends.entrySet().stream().anyMatch(e -> consumer.position(e.getKey()) < e.getValue())) {
        consumer.poll(POLL).forEach(records::add);
      }
      return records;
    }
  }
}
