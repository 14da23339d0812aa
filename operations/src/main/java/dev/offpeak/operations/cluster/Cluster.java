package dev.offpeak.operations.cluster;

import dev.offpeak.runtime.config.ByteSize;
import dev.offpeak.runtime.config.KafkaConfig;
import dev.offpeak.runtime.kafka.ClientProperties;
import dev.offpeak.schemas.serde.SerdeFactory;
import dev.offpeak.schemas.topic.Topics;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeClusterOptions;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** A connection to an installation. Commits nothing. */
public final class Cluster implements AutoCloseable {

  private static final String CLIENT_ID = "offpeak-operations";
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final ClusterConfig config;
  private final KafkaConfig kafka;
  private final Admin admin;
  private final Topics topics;
  private final String prefix;
  private final SerdeFactory serdes;

  /** Connects when something is asked. */
  public Cluster(ClusterConfig config) {
    this.config = config;
    this.kafka = config.kafka();
    this.prefix = config.topics().prefix();
    this.topics = Topics.withPrefix(prefix);
    this.serdes = SerdeFactory.of(config.registry().serdeProperties());
    this.admin = Admin.create(ClientProperties.admin(kafka, CLIENT_ID));
  }

  /**
   * Makes sure that the cluster answers, so that a wrong address is said before anything is done.
   *
   * @throws KafkaException when it does not within ten seconds, saying what to look at
   */
  void requireAnswer() throws InterruptedException {
    try {
      var patience = new DescribeClusterOptions().timeoutMs((int) PATIENCE.toMillis());
      var _ = admin.describeCluster(patience).nodes().get();
    } catch (ExecutionException e) {
      throw new KafkaException(
          "Kafka at "
              + kafka.bootstrapServers()
              + " does not answer within "
              + PATIENCE.toSeconds()
              + " seconds; look at kafka.bootstrap-servers (--bootstrap-servers), and whether the"
              + " listeners that the brokers advertise can be reached from here",
          e);
    }
  }

  /** Its topics. */
  public Topics topics() {
    return topics;
  }

  /** Readers and writers of its records. */
  public SerdeFactory serdes() {
    return serdes;
  }

  /** The admin client. */
  Admin admin() {
    return admin;
  }

  /** A consumer of committed records that belongs to no group. */
  Consumer<byte[], byte[]> consumer() {
    return new KafkaConsumer<>(
        ClientProperties.lookup(kafka, CLIENT_ID),
        new ByteArrayDeserializer(),
        new ByteArrayDeserializer());
  }

  /**
   * A producer that writes each record once.
   *
   * @param largestRequest {@code limits.request-bytes} of the installation
   */
  public Producer<byte[], byte[]> producer(ByteSize largestRequest) {
    return new KafkaProducer<>(
        ClientProperties.producer(kafka, CLIENT_ID, largestRequest),
        new ByteArraySerializer(),
        new ByteArraySerializer());
  }

  /**
   * Makes sure that a topic is there, so that it is not waited for.
   *
   * @throws KafkaException when it is not, or may not be seen, saying what to look at
   */
  public void requireTopic(String topic) throws InterruptedException {
    var _ = describe(topic);
  }

  /** A topic's description. */
  TopicDescription describe(String topic) throws InterruptedException {
    try {
      return admin.describeTopics(List.of(topic)).allTopicNames().get().values().iterator().next();
    } catch (ExecutionException e) {
      throw new KafkaException(
          switch (e.getCause()) {
            case UnknownTopicOrPartitionException _ -> noSuchTopic(topic);
            case AuthorizationException _ ->
                "not allowed to see topic "
                    + topic
                    + "; grant DESCRIBE and READ (for control commands WRITE)";
            case null, default -> "can't describe topic " + topic;
          },
          e);
    }
  }

  private String noSuchTopic(String topic) throws InterruptedException {
    String requests = Topics.withPrefix("").requests().name();
    Set<String> prefixes = new TreeSet<>();
    try {
      admin.listTopics().names().get().stream()
          .filter(name -> name.endsWith(requests))
          .forEach(name -> prefixes.add(name.substring(0, name.length() - requests.length())));
    } catch (ExecutionException e) {
      return "there is no topic " + topic + " (and topics can't be listed)";
    }
    return "there is no topic "
        + topic
        + " at "
        + kafka.bootstrapServers()
        + "; "
        + (prefixes.isEmpty()
            ? "no installation has made its topics there yet: start its services, or look at"
                + " kafka.bootstrap-servers"
            : "installations there have topics.prefix (--prefix) '"
                + String.join("', '", prefixes)
                + "'");
  }

  /** The accounts that its settings name, by name. */
  public Map<String, ClusterConfig.Account> accounts() {
    return config.accounts();
  }

  /** Where the console of its ledger is; null when nobody says. */
  public @Nullable String consoleUrl() {
    return config.ledger().url();
  }

  /** The largest request that it takes. */
  public ByteSize requestLimit() {
    return config.limits().requestBytes();
  }

  /** The batcher's consumer group, without the prefix. */
  public String batcherGroup() {
    return config.streams().applicationId();
  }

  /**
   * What a service has committed, by its name without the prefix.
   *
   * @throws KafkaException when the cluster does not answer
   */
  public Map<TopicPartition, OffsetAndMetadata> committed(String service)
      throws InterruptedException {
    try {
      return admin.listConsumerGroupOffsets(prefix + service).partitionsToOffsetAndMetadata().get();
    } catch (ExecutionException e) {
      throw new KafkaException("can't read what " + prefix + service + " has committed", e);
    }
  }

  @Override
  public void close() {
    admin.close();
    serdes.close();
  }
}
