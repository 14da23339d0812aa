package dev.offpeak.submitter.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.offpeak.schemas.avro.JobEnded;
import dev.offpeak.schemas.avro.JobRecord;
import dev.offpeak.schemas.avro.QuotaRecord;
import dev.offpeak.schemas.avro.SealedBatch;
import dev.offpeak.schemas.serde.SerdeFactory;
import dev.offpeak.schemas.topic.Topics;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.Serializer;

/** Entries as records of Kafka. For one thread. */
final class LedgerCodec implements AutoCloseable {

  private final Topics topics;
  private final int partition;
  private final boolean intents;
  private final Serializer<JobRecord> jobs;
  private final Serializer<QuotaRecord> quotas;
  private final Serializer<JobEnded> ends;
  private final Serializer<SealedBatch> batches;

  /**
   * Of one partition.
   *
   * @param intents whether they are recorded, as they must be
   */
  LedgerCodec(Topics topics, int partition, SerdeFactory serdes, boolean intents) {
    this.topics = topics;
    this.partition = partition;
    this.intents = intents;
    this.jobs = serdes.serializer(JobRecord.class);
    this.quotas = serdes.serializer(QuotaRecord.class);
    this.ends = serdes.serializer(JobEnded.class);
    this.batches = serdes.serializer(SealedBatch.class);
  }

  List<ProducerRecord<byte[], byte[]>> records(JobLedgerEntry entry) {
    return switch (entry) {
      case JobEntry job -> records(job);
      case JobLedgerEntry.Taught(QuotaRecord quota) -> {
        String topic = topics.quotas().name();
        byte[] key = quota.getScope().getBytes(UTF_8);
        yield List.of(new ProducerRecord<>(topic, partition, key, quotas.serialize(topic, quota)));
      }
    };
  }

  private List<ProducerRecord<byte[], byte[]>> records(JobEntry entry) {
    if (!intents && entry.isIntent()) {
      return List.of();
    }
    List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
    byte[] key = entry.batchId().getBytes(UTF_8);
    String jobsTopic = topics.jobs().name();
    records.add(
        new ProducerRecord<>(
            jobsTopic,
            partition,
            key,
            entry.record() == null ? null : jobs.serialize(jobsTopic, entry.record())));
    if (entry.ended() != null) {
      String topic = topics.completions().name();
      records.add(
          new ProducerRecord<>(topic, partition, key, ends.serialize(topic, entry.ended())));
    }
    for (SealedBatch batch : entry.resealed()) {
      String topic = topics.batches().name();
      records.add(
          new ProducerRecord<>(
              topic, partition, batch.getScope().getBytes(UTF_8), batches.serialize(topic, batch)));
    }
    return records;
  }

  @Override
  public void close() {
    jobs.close();
    quotas.close();
    ends.close();
    batches.close();
  }
}
