package dev.offpeak.submitter.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.offpeak.runtime.config.ByteSize;
import dev.offpeak.runtime.config.KafkaConfig;
import dev.offpeak.runtime.kafka.ClientProperties;
import dev.offpeak.schemas.avro.JobRecord;
import dev.offpeak.schemas.avro.JobStateName;
import dev.offpeak.schemas.avro.QuotaRecord;
import dev.offpeak.schemas.avro.SealedBatch;
import dev.offpeak.schemas.reading.TopicTail;
import dev.offpeak.schemas.serde.SerdeFactory;
import dev.offpeak.schemas.topic.Topics;
import dev.offpeak.submitter.failpoint.DuplicateGuards;
import dev.offpeak.submitter.quota.KnownQuota;
import dev.offpeak.submitter.quota.QuotaRecords;
import java.time.Clock;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Deserializer;

/** Makes the ledgers of partitions, and reads them. */
public final class Ledgers {

  /** A manifest of 100,000 scattered requests has about 300 kB. */
  private static final ByteSize LARGEST_RECORD = ByteSize.parse("1MiB");

  private static final int LINGER_MILLIS = 0;

  private final KafkaConfig kafka;
  private final SerdeFactory serdes;
  private final Topics topics;
  private final String idPrefix;
  private final DuplicateGuards safeties;
  private final UnprocessableRecords unprocessable;
  private final Clock clock;

  /**
   * For that installation.
   *
   * @param idPrefix of transactional ids and client ids; the partition's number is put behind it
   * @param safeties all of them, but for tests
   */
  public Ledgers(
      KafkaConfig kafka,
      SerdeFactory serdes,
      Topics topics,
      String idPrefix,
      DuplicateGuards safeties,
      UnprocessableRecords unprocessable,
      Clock clock) {
    this.kafka = kafka;
    this.serdes = serdes;
    this.topics = topics;
    this.idPrefix = idPrefix;
    this.safeties = safeties;
    this.unprocessable = unprocessable;
    this.clock = clock;
  }

  /**
   * The ledger of a partition, not opened.
   *
   * @param onLost told, on the ledger's thread, when nothing more can be written
   */
  public PartitionLedger of(int partition, Consumer<OwnershipLost> onLost) {
    String id = idPrefix + partition;
    // Who takes an id that is its own only fences nobody.
    String fence = safeties.fencing() ? id : id + "-" + UUID.randomUUID();
    Map<String, Object> properties =
        ClientProperties.transactionalProducer(kafka, id, fence, LARGEST_RECORD);
    properties.put(ProducerConfig.LINGER_MS_CONFIG, LINGER_MILLIS);
    return new PartitionLedger(
        partition,
        new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer()),
        new LedgerCodec(topics, partition, serdes, safeties.intent()),
        onLost);
  }

  /**
   * The batches of all partitions whose jobs have not ended.
   *
   * @throws InterruptedException when told to stop
   */
  public Set<String> live() throws InterruptedException {
    String topic = topics.jobs().name();
    Set<String> live = new HashSet<>();
    try (TopicTail tail = new TopicTail(consumer("live"));
        Deserializer<JobRecord> values = serdes.deserializer(JobRecord.class)) {
      tail.beginAtTheBeginning(tail.partitionsOf(topic));
      tail.readToEnd(
          record -> {
            if (record.key() == null) {
              return;
            }
            String batchId = new String(record.key(), UTF_8);
            if (record.value() == null || isEnded(values, record)) {
              live.remove(batchId);
            } else {
              live.add(batchId);
            }
          });
    }
    return live;
  }

  /** What can't be read may be of a batch that lives. */
  private boolean isEnded(Deserializer<JobRecord> values, ConsumerRecord<byte[], byte[]> record) {
    return unprocessable
        .read(record, each -> values.deserialize(each.topic(), each.value()).getState())
        .filter(state -> state == JobStateName.ENDED)
        .isPresent();
  }

  private KafkaConsumer<byte[], byte[]> consumer(String purpose) {
    return new KafkaConsumer<>(
        ClientProperties.lookup(kafka, idPrefix + purpose),
        new ByteArrayDeserializer(),
        new ByteArrayDeserializer());
  }

  /**
   * What the ledger of a partition says; to be called after it was opened.
   *
   * @throws InterruptedException when told to stop
   */
  public RebuiltPartition read(int partition) throws InterruptedException {
    try (var consumer = consumer(partition + "-rebuild");
        Deserializer<JobRecord> values = serdes.deserializer(JobRecord.class);
        Deserializer<SealedBatch> sealed = serdes.deserializer(SealedBatch.class)) {
      return new LedgerReader(consumer, values, sealed, topics, partition, unprocessable, clock)
          .read();
    }
  }

  private static KnownQuota quota(
      Deserializer<QuotaRecord> values, ConsumerRecord<byte[], byte[]> record) {
    return QuotaRecords.read(values.deserialize(record.topic(), record.value()));
  }

  /**
   * What the ledger of a partition says of quotas; to be called after it was opened.
   *
   * @throws InterruptedException when told to stop
   */
  public List<KnownQuota> quotas(int partition) throws InterruptedException {
    String topic = topics.quotas().name();
    Map<String, KnownQuota> byScope = new HashMap<>();
    try (TopicTail tail = new TopicTail(consumer(partition + "-quotas"));
        Deserializer<QuotaRecord> values = serdes.deserializer(QuotaRecord.class)) {
      tail.beginAtTheBeginning(List.of(new TopicPartition(topic, partition)));
      tail.readToEnd(
          record -> {
            if (record.value() != null) {
              unprocessable
                  .read(record, each -> quota(values, each))
                  .ifPresent(quota -> byScope.put(quota.scope().id(), quota));
            }
          });
    }
    return List.copyOf(byScope.values());
  }
}
