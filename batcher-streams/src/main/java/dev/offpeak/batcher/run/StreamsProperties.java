package dev.offpeak.batcher.run;

import dev.offpeak.batcher.state.StoreMemory;
import dev.offpeak.runtime.config.ByteSize;
import dev.offpeak.runtime.config.KafkaConfig;
import dev.offpeak.runtime.kafka.ClientProperties;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.streams.StreamsConfig;

/** What Kafka Streams is told. */
public final class StreamsProperties {

  /**
   * Records that a partition may bring ahead of what is processed: enough for small ones not to
   * wait, few enough for requests of megabytes.
   */
  private static final int BUFFERED_RECORDS = 200;

  private static final int POLLED_RECORDS = 500;
  private static final int LINGER_MILLIS = 20;

  /** A thread looks up so often from waiting for records: at its timers, and for restored state. */
  private static final int POLL_MILLIS = 20;

  /** Kafka Streams sets these itself. */
  private static final Set<String> NOT_OURS =
      Set.of(
          CommonClientConfigs.CLIENT_ID_CONFIG,
          CommonClientConfigs.GROUP_ID_CONFIG,
          CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG,
          ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
          ConsumerConfig.ISOLATION_LEVEL_CONFIG,
          ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG,
          ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG);

  private StreamsProperties() {}

  /**
   * The properties for these settings.
   *
   * @param applicationId with the topic prefix
   * @param replicationFactor of the changelog topics; -1 is the broker's default
   * @param largestRequest the size up to which requests are accepted
   */
  public static Map<String, Object> of(
      KafkaConfig kafka,
      StreamsTuning tuning,
      String applicationId,
      int replicationFactor,
      ByteSize largestRequest) {
    Map<String, Object> all = new HashMap<>(kafka.connection());
    prefixed(
        all,
        StreamsConfig.CONSUMER_PREFIX,
        ClientProperties.consumer(kafka, applicationId, applicationId));
    prefixed(
        all,
        StreamsConfig.PRODUCER_PREFIX,
        ClientProperties.producer(kafka, applicationId, largestRequest));
    all.put(StreamsConfig.consumerPrefix(ConsumerConfig.MAX_POLL_RECORDS_CONFIG), POLLED_RECORDS);
    all.put(StreamsConfig.producerPrefix(ProducerConfig.LINGER_MS_CONFIG), LINGER_MILLIS);
    all.put(StreamsConfig.APPLICATION_ID_CONFIG, applicationId);
    if (tuning.instanceId() != null) {
      all.put(
          StreamsConfig.consumerPrefix(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG),
          tuning.instanceId());
    }
    all.put(StreamsConfig.REPLICATION_FACTOR_CONFIG, replicationFactor);
    all.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
    // The order of requests and retries does not matter: nobody waits for the other's records.
    all.put(StreamsConfig.MAX_TASK_IDLE_MS_CONFIG, StreamsConfig.MAX_TASK_IDLE_MS_DISABLED);
    all.put(StreamsConfig.STATE_DIR_CONFIG, tuning.stateDir().toString());
    all.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, tuning.threads());
    all.put(StreamsConfig.NUM_STANDBY_REPLICAS_CONFIG, tuning.standbyReplicas());
    all.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, tuning.commitInterval().toMillis());
    all.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, tuning.cache().bytes());
    all.put(StreamsConfig.POLL_MS_CONFIG, POLL_MILLIS);
    all.put(StreamsConfig.BUFFERED_RECORDS_PER_PARTITION_CONFIG, BUFFERED_RECORDS);
    all.put(StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, StoreMemory.class);
    all.put(StreamsConfig.DEFAULT_TIMESTAMP_EXTRACTOR_CLASS_CONFIG, UsableRecordTime.class);
    all.put(StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG, true);
    return all;
  }

  private static void prefixed(Map<String, Object> all, String prefix, Map<String, Object> own) {
    own.forEach(
        (name, value) -> {
          if (!NOT_OURS.contains(name)) {
            all.put(prefix + name, value);
          }
        });
  }
}
