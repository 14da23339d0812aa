package dev.offpeak.operations.keys;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.offpeak.operations.cluster.Cluster;
import dev.offpeak.operations.cluster.SkippedRecords;
import dev.offpeak.operations.cluster.TopicReader;
import dev.offpeak.runtime.config.ByteSize;
import dev.offpeak.schemas.avro.GatewayKey;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;

/** Reads and writes llm.keys, which each gateway follows. */
final class KeyTopic {

  private static final ByteSize SMALL = ByteSize.parse("1MiB");

  private KeyTopic() {}

  /** All keys by name. */
  static Map<String, GatewayKey> read(Cluster open, SkippedRecords leftOut)
      throws InterruptedException {
    return new TopicReader(open)
        .latest(
            open.topics().keys().name(),
            open.serdes().deserializer(GatewayKey.class),
            _ -> true,
            leftOut);
  }

  /**
   * Writes a key; every gateway knows of it within moments.
   *
   * @throws KafkaException when it could not be written
   */
  static void write(Cluster open, GatewayKey key) throws InterruptedException {
    String topic = open.topics().keys().name();
    open.requireTopic(topic);
    try (Producer<byte[], byte[]> producer = open.producer(SMALL)) {
      byte[] value = open.serdes().serializer(GatewayKey.class).serialize(topic, key);
      producer.send(new ProducerRecord<>(topic, key.getName().getBytes(UTF_8), value)).get();
    } catch (ExecutionException e) {
      throw new KafkaException("the key could not be written: " + e.getMessage(), e);
    }
  }
}
