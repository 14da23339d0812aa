package dev.offpeak.ingest.kafka;

import dev.offpeak.core.wait.Sleeper;
import dev.offpeak.ingest.config.LimitsConfig;
import dev.offpeak.runtime.config.ByteSize;
import dev.offpeak.runtime.config.KafkaConfig;
import dev.offpeak.runtime.config.TopicsConfig;
import dev.offpeak.runtime.kafka.ClientProperties;
import dev.offpeak.schemas.topic.TopicRequirements;
import dev.offpeak.schemas.topic.TopicSetup;
import dev.offpeak.schemas.topic.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Kafka's clients for what the gateway keeps, and its topics. */
public final class GatewayClients implements AutoCloseable {

  private static final Logger LOGGER = LoggerFactory.getLogger(GatewayClients.class);
  private static final String NAME = "offpeak-gateway";
  private static final ByteSize LARGEST_OBJECT = ByteSize.parse("1MiB");
  private static final Duration BETWEEN_TRIES = Duration.ofSeconds(2);
  private static final long PATIENCE_SECONDS = 20;
  private static final Duration FLUSH = Duration.ofSeconds(3);

  private final KafkaConfig kafka;
  private final TopicsConfig config;
  private final Topics topics;
  private final ByteSize largest;
  private final Admin admin;
  private final Producer<byte[], byte[]> producer;
  private final Thread preparing =
      Thread.ofPlatform().name("gateway-start").daemon().unstarted(this::prepare);
  private volatile Runnable then = () -> {};

  public GatewayClients(
      KafkaConfig kafka, TopicsConfig config, Topics topics, LimitsConfig limits) {
    this.kafka = kafka;
    this.config = config;
    this.topics = topics;
    this.largest =
        limits.requestBytes().compareTo(LARGEST_OBJECT) < 0
            ? LARGEST_OBJECT
            : limits.requestBytes();
    this.admin = Admin.create(ClientProperties.admin(kafka, NAME + "-admin"));
    this.producer =
        new KafkaProducer<>(
            ClientProperties.producer(kafka, NAME, LARGEST_OBJECT),
            new ByteArraySerializer(),
            new ByteArraySerializer());
  }

  /** Writes single records; not the caller's to close. */
  public Producer<byte[], byte[]> producer() {
    return producer;
  }

  /** A producer of the transactions in which batches go on; fences whoever had it before. */
  public Producer<byte[], byte[]> driver() {
    String id = config.prefix() + NAME + "-driver";
    Producer<byte[], byte[]> transactional =
        new KafkaProducer<>(
            ClientProperties.transactionalProducer(kafka, id, id, largest),
            new ByteArraySerializer(),
            new ByteArraySerializer());
    try {
      transactional.initTransactions();
      return transactional;
    } catch (KafkaException e) {
      transactional.close(Duration.ZERO);
      throw e;
    }
  }

  /** A reader of committed records that follows what comes. */
  public Consumer<byte[], byte[]> reader() {
    return consumer(ClientProperties.reader(kafka, NAME + "-reader"));
  }

  /** A reader of what is there. */
  public Consumer<byte[], byte[]> lookup() {
    return consumer(ClientProperties.lookup(kafka, NAME + "-lookup"));
  }

  /** A member of the group of gateways. */
  public Consumer<byte[], byte[]> member() {
    String group = config.prefix() + NAME;
    return consumer(ClientProperties.consumer(kafka, NAME + "-member", group));
  }

  private static Consumer<byte[], byte[]> consumer(Map<String, Object> properties) {
    return new KafkaConsumer<>(
        properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  /** How far partitions reach, with what is not committed yet. */
  public Map<TopicPartition, Long> ends(List<TopicPartition> partitions) {
    Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
    partitions.forEach(each -> asked.put(each, OffsetSpec.latest()));
    try {
      Map<TopicPartition, Long> ends = new HashMap<>();
      admin
          .listOffsets(asked)
          .all()
          .get(PATIENCE_SECONDS, TimeUnit.SECONDS)
          .forEach((partition, end) -> ends.put(partition, end.offset()));
      return ends;
    } catch (ExecutionException | TimeoutException e) {
      throw new KafkaException("the ends of " + partitions + " could not be looked up", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new KafkaException("interrupted", e);
    }
  }

  /** Offset of the first record of a partition since then; its end when there is none. */
  public long since(TopicPartition partition, Instant time) {
    try {
      long offset =
          admin
              .listOffsets(Map.of(partition, OffsetSpec.forTimestamp(time.toEpochMilli())))
              .partitionResult(partition)
              .get(PATIENCE_SECONDS, TimeUnit.SECONDS)
              .offset();
      return offset < 0 ? ends(List.of(partition)).getOrDefault(partition, 0L) : offset;
    } catch (ExecutionException | TimeoutException e) {
      throw new KafkaException("the offset of " + partition + " at " + time + " is unknown", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new KafkaException("interrupted", e);
    }
  }

  /** Makes the topics that are missing, as soon as Kafka is there, and then does that. */
  public void prepareThen(Runnable next) {
    then = next;
    preparing.start();
  }

  private void prepare() {
    try {
      boolean ready = false;
      while (!ready) {
        ready = tryPrepare();
        if (!ready) {
          Sleeper.system().sleep(BETWEEN_TRIES);
        }
      }
      then.run();
    } catch (InterruptedException e) {
      LOGGER.atDebug().log("the gateway was stopped before Kafka was there");
    }
  }

  private boolean tryPrepare() throws InterruptedException {
    try {
      var requirements =
          new TopicRequirements(
              config.create(),
              config.partitions(),
              (short) config.replicationFactor(),
              Duration.ZERO,
              ClientProperties.largestRecordBytes(LARGEST_OBJECT));
      new TopicSetup(admin, requirements, Sleeper.system())
          .prepare(
              List.of(
                  topics.objects(),
                  topics.files(),
                  topics.usage(),
                  topics.keys(),
                  topics.budgets()));
      return true;
    } catch (KafkaException e) {
      LOGGER.atWarn().setCause(e).log("the gateway's topics could not be prepared; tries again");
      return false;
    }
  }

  /** Waits for Kafka no longer. */
  public void stopPreparing() {
    preparing.interrupt();
    try {
      preparing.join(TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    producer.close(FLUSH);
    admin.close(Duration.ZERO);
  }
}
