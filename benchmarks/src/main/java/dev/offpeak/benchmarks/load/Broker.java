package dev.offpeak.benchmarks.load;

import dev.offpeak.core.wait.Sleeper;
import dev.offpeak.kafka.embedded.BrokerOptions;
import dev.offpeak.kafka.embedded.EmbeddedKafka;
import dev.offpeak.runtime.config.ByteSize;
import dev.offpeak.runtime.config.KafkaConfig;
import dev.offpeak.runtime.kafka.ClientProperties;
import dev.offpeak.schemas.topic.Cleanup;
import dev.offpeak.schemas.topic.TopicDefinition;
import dev.offpeak.schemas.topic.TopicRequirements;
import dev.offpeak.schemas.topic.TopicSetup;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;

/** The embedded broker that both sides work against, and what is asked of it in between. */
public final class Broker implements AutoCloseable {

  /** As everywhere in Offpeak. */
  public static final ByteSize LARGEST_REQUEST = ByteSize.parse("8MiB");

  /** Of every topic. */
  public static final int PARTITIONS = 6;

  private final EmbeddedKafka kafka;
  private final KafkaConfig config;
  private final Admin admin;

  private Broker(EmbeddedKafka kafka) {
    this.kafka = kafka;
    this.config = KafkaConfig.at(kafka.bootstrapServers());
    this.admin = Admin.create(ClientProperties.admin(config, "benchmarks"));
  }

  /** Starts one that keeps its data in a folder. */
  public static Broker in(Path folder) {
    return new Broker(EmbeddedKafka.start(BrokerOptions.in(folder)));
  }

  /** How to reach it. */
  public KafkaConfig config() {
    return config;
  }

  /** For what is not asked here. */
  public Admin admin() {
    return admin;
  }

  /** Makes a topic that takes requests. */
  public void createTopic(String name) throws InterruptedException {
    createTopics(
        List.of(
            new TopicDefinition(
                name,
                Cleanup.USERS_CHOICE,
                Duration.ofDays(7),
                Duration.ZERO,
                Set.of(TopicDefinition.Trait.HOLDS_REQUESTS))));
  }

  /** Makes topics. */
  public void createTopics(List<TopicDefinition> topics) throws InterruptedException {
    var requirements =
        new TopicRequirements(
            true,
            PARTITIONS,
            (short) 1,
            Duration.ofDays(4),
            ClientProperties.largestRecordBytes(LARGEST_REQUEST));
    new TopicSetup(admin, requirements, Sleeper.system()).prepare(topics);
  }

  /** Removes every topic whose name begins so. */
  public void deleteTopics(String prefix) throws ExecutionException, InterruptedException {
    List<String> topics =
        admin.listTopics().names().get().stream().filter(name -> name.startsWith(prefix)).toList();
    admin.deleteTopics(topics).all().get();
  }

  /** The sum of the offsets behind the last record of each partition, committed or not. */
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

  /** Lets a group that has no members begin anew. */
  public void forget(String group) throws ExecutionException, InterruptedException {
    admin.deleteConsumerGroups(List.of(group)).all().get();
  }

  @Override
  public void close() {
    admin.close();
    kafka.close();
  }
}
