package dev.offpeak.operations.world;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.offpeak.operations.cluster.Cluster;
import dev.offpeak.operations.cluster.ClusterConfig;
import dev.offpeak.runtime.config.ByteSize;
import dev.offpeak.runtime.config.KafkaConfig;
import dev.offpeak.runtime.config.RegistryConfig;
import dev.offpeak.runtime.config.TopicsConfig;
import dev.offpeak.schemas.serde.SerdeFactory;
import dev.offpeak.schemas.topic.TopicDefinition;
import dev.offpeak.schemas.topic.Topics;
import dev.offpeak.testkit.broker.TestKafka;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/** All topics of an installation, each with one partition, into which a test writes. */
public final class HandWrittenTopics implements AutoCloseable {

  private final TestKafka kafka;
  private final Cluster cluster;
  private final Producer<byte[], byte[]> producer;

  /** Makes the topics. */
  public HandWrittenTopics(TestKafka kafka) {
    this.kafka = kafka;
    this.cluster =
        new Cluster(
            new ClusterConfig(
                KafkaConfig.at(kafka.bootstrapServers()),
                RegistryConfig.at(registry()),
                new TopicsConfig(kafka.prefix(), 1, 1, false)));
    this.producer = cluster.producer(ByteSize.parse("1MiB"));
    for (TopicDefinition topic : topics().all()) {
      kafka.createTopic(topic.name().substring(kafka.prefix().length()), 1);
    }
  }

  /** The installation as commands see it. */
  public Cluster cluster() {
    return cluster;
  }

  /** Its topics. */
  public Topics topics() {
    return cluster.topics();
  }

  /** Where its schemas are. */
  public String registry() {
    return "mock://" + kafka.prefix();
  }

  /** How its records are written. */
  public SerdeFactory serdes() {
    return cluster.serdes();
  }

  /** Writes a record; answers with its offset. */
  public <T> long send(TopicDefinition topic, String key, Serializer<T> writer, T value) {
    return sendBytes(topic, key, writer.serialize(topic.name(), value), List.of());
  }

  /** Writes a record as it is; answers with its offset. */
  public long sendBytes(
      TopicDefinition topic, @Nullable String key, byte @Nullable [] value, List<Header> headers) {
    byte[] bytes = key == null ? null : key.getBytes(UTF_8);
    return get(producer.send(new ProducerRecord<>(topic.name(), 0, bytes, value, headers)))
        .offset();
  }

  /** A consumer group has read the topic up to that offset. */
  public void commit(String group, TopicDefinition topic, long offset) {
    try (Admin admin = Admin.create(kafka.clientProperties())) {
      get(
          admin
              .alterConsumerGroupOffsets(
                  kafka.name(group),
                  Map.of(new TopicPartition(topic.name(), 0), new OffsetAndMetadata(offset)))
              .all()
              .toCompletionStage()
              .toCompletableFuture());
    }
  }

  private static <T> T get(Future<T> future) {
    try {
      return future.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    producer.close();
    cluster.close();
  }
}
