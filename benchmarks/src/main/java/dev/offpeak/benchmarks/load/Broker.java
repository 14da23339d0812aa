package dev.offpeak.benchmarks.load;

import dev.offpeak.kafka.embedded.BrokerOptions;
import dev.offpeak.kafka.embedded.EmbeddedKafka;
import dev.offpeak.runtime.config.ByteSize;
import dev.offpeak.runtime.config.KafkaConfig;
import dev.offpeak.runtime.kafka.ClientProperties;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * The embedded broker that both sides work against, and what is done with its topics in between.
 */
public final class Broker implements AutoCloseable {

  /** As everywhere in Offpeak. */
  public static final ByteSize LARGEST_REQUEST = ByteSize.parse("8MiB");

  /** Of every topic. */
  public static final int PARTITIONS = 6;

  private static final String CLIENT = "benchmarks";

  private final EmbeddedKafka kafka;
  private final KafkaConfig config;
  private final Admin admin;

  private Broker(EmbeddedKafka kafka) {
    this.kafka = kafka;
    this.config = KafkaConfig.at(kafka.bootstrapServers());
    this.admin = Admin.create(ClientProperties.admin(config, CLIENT));
  }

  /** Starts one that keeps its data in a folder. */
  public static Broker in(Path folder) {
    return new Broker(EmbeddedKafka.start(BrokerOptions.in(folder)));
  }

  /** How to reach it. */
  public KafkaConfig config() {
    return config;
  }

  /** For what is not done here. */
  public Admin admin() {
    return admin;
  }

  /** Makes a topic. */
  public void create(String topic) throws ExecutionException, InterruptedException {
    admin.createTopics(List.of(new NewTopic(topic, PARTITIONS, (short) 1))).all().get();
  }

  /** Removes every topic and every consumer group whose name begins so. */
  public void deleteAll(String prefix) throws ExecutionException, InterruptedException {
    Collection<String> topics = admin.listTopics().names().get();
    admin
        .deleteTopics(topics.stream().filter(name -> name.startsWith(prefix)).toList())
        .all()
        .get();
  }

  /** The sum of the offsets after the last record of each partition, committed or not. */
  public long written(String topic) throws ExecutionException, InterruptedException {
    Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
    for (int partition = 0; partition < PARTITIONS; partition++) {
      asked.put(new TopicPartition(topic, partition), OffsetSpec.latest());
    }
    return admin.listOffsets(asked).all().get().values().stream()
        .mapToLong(ListOffsetsResultInfo::offset)
        .sum();
  }

  /** The sum of the offsets that a group has committed for a topic. */
  public long committed(String group, String topic)
      throws ExecutionException, InterruptedException {
    return admin
        .listConsumerGroupOffsets(group)
        .partitionsToOffsetAndMetadata()
        .get()
        .entrySet()
        .stream()
        .filter(entry -> entry.getKey().topic().equals(topic))
        .mapToLong(entry -> entry.getValue().offset())
        .sum();
  }

  /** Writes every line to a topic, spread over its partitions. */
  public void fill(String topic, Corpus corpus) throws ExecutionException {
    AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
    try (var producer =
        new KafkaProducer<>(
            ClientProperties.producer(config, CLIENT, LARGEST_REQUEST),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      for (int i = 0; i < corpus.lines(); i++) {
        var _ =
            producer.send(
                new ProducerRecord<>(topic, i % PARTITIONS, null, corpus.line(i)),
                (_, problem) -> {
                  if (problem != null) {
                    failure.set(problem);
                  }
                });
      }
    }
    Exception problem = failure.get();
    if (problem != null) {
      throw new ExecutionException("writing to " + topic + " failed", problem);
    }
  }

  @Override
  public void close() {
    admin.close();
    kafka.close();
  }
}
