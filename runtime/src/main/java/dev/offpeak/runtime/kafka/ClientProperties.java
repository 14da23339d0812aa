package dev.offpeak.runtime.kafka;

import dev.offpeak.runtime.config.ByteSize;
import dev.offpeak.runtime.config.KafkaConfig;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;

/**
 * The properties of each kind of client. What the user put under {@code kafka.properties} wins over
 * what is here for speed and size, and loses against what correctness rests on. Serializers are not
 * among them: they are passed to the clients' constructors.
 */
public final class ClientProperties {

  /** What a record's key, headers and framing need besides the request itself. */
  private static final long RECORD_OVERHEAD_BYTES = 64 * 1024;

  private static final long SMALLEST_PRODUCER_BUFFER_BYTES = 16L * 1024 * 1024;
  private static final int FETCH_BYTES = 8 * 1024 * 1024;
  private static final int BATCH_BYTES = 128 * 1024;
  private static final int LOOKUP_WAIT_MILLIS = 10;

  private ClientProperties() {}

  /**
   * A consumer that sees committed records only, begins at the earliest, and commits nothing by
   * itself. Records may be larger than a fetch: Kafka then delivers them one at a time.
   */
  public static Map<String, Object> consumer(KafkaConfig kafka, String clientId, String groupId) {
    var all = reader(kafka, clientId);
    all.put(ConsumerConfig.GROUP_ID_CONFIG, groupId);
    return all;
  }

  /** The same for a consumer that is assigned its partitions and belongs to no group. */
  public static Map<String, Object> reader(KafkaConfig kafka, String clientId) {
    var all = new HashMap<String, Object>();
    all.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, FETCH_BYTES);
    all.putAll(connection(kafka, clientId));
    all.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    all.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    all.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    all.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    return all;
  }

  /**
   * The same for a reader of what is known to be there, which is soon closed. A fetch that finds
   * nothing more returns at once: a consumer's close waits for the fetch that it has sent ahead,
   * half a second with Kafka's own setting.
   */
  public static Map<String, Object> lookup(KafkaConfig kafka, String clientId) {
    var all = reader(kafka, clientId);
    all.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, LOOKUP_WAIT_MILLIS);
    return all;
  }

  /**
   * A producer that loses and doubles nothing.
   *
   * @param largestRequest the size up to which requests are accepted
   */
  public static Map<String, Object> producer(
      KafkaConfig kafka, String clientId, ByteSize largestRequest) {
    int largestRecord = largestRecordBytes(largestRequest);
    var all = new HashMap<String, Object>();
    all.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
    all.put(ProducerConfig.BATCH_SIZE_CONFIG, BATCH_BYTES);
    all.put(
        ProducerConfig.BUFFER_MEMORY_CONFIG,
        Math.max(SMALLEST_PRODUCER_BUFFER_BYTES, 2L * largestRecord));
    all.putAll(connection(kafka, clientId));
    all.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, largestRecord);
    all.put(ProducerConfig.ACKS_CONFIG, "all");
    all.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    return all;
  }

  /** The same for a producer of transactions; whoever takes the id later fences this one out. */
  public static Map<String, Object> transactionalProducer(
      KafkaConfig kafka, String clientId, String transactionalId, ByteSize largestRequest) {
    var all = producer(kafka, clientId, largestRequest);
    all.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, transactionalId);
    return all;
  }

  /**
   * The largest record that a producer of ours may send; topics that hold requests must take it.
   *
   * @param largestRequest the size up to which requests are accepted
   */
  public static int largestRecordBytes(ByteSize largestRequest) {
    return new ByteSize(largestRequest.bytes() + RECORD_OVERHEAD_BYTES).toIntSaturated();
  }

  /** An admin client. */
  public static Map<String, Object> admin(KafkaConfig kafka, String clientId) {
    return connection(kafka, clientId);
  }

  private static Map<String, Object> connection(KafkaConfig kafka, String clientId) {
    var all = kafka.connection();
    all.put(CommonClientConfigs.CLIENT_ID_CONFIG, clientId);
    return all;
  }
}
