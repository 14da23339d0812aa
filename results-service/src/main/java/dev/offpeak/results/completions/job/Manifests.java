package dev.offpeak.results.completions.job;

import dev.offpeak.core.seal.Manifest;
import dev.offpeak.results.shared.lane.PlaceReaders;
import dev.offpeak.schemas.avro.JobEnded;
import dev.offpeak.schemas.avro.SealedBatch;
import dev.offpeak.schemas.record.SealedManifest;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.Deserializer;

/** The manifests of sealed batches. */
public final class Manifests {

  private final PlaceReaders places;
  private final String topic;
  private final Deserializer<SealedBatch> batches;

  /** Manifests that stand in that topic. */
  public Manifests(PlaceReaders places, String topic, Deserializer<SealedBatch> batches) {
    this.places = places;
    this.topic = topic;
    this.batches = batches;
  }

  /** The manifest of the job's batch; empty when it has expired. */
  Optional<Manifest> find(JobEnded job) {
    var partition = new TopicPartition(topic, job.getBatchPartition());
    ConsumerRecord<byte[], byte[]> record = places.read(partition, job.getBatchOffset());
    if (record == null) {
      return Optional.empty();
    }
    SealedBatch batch = batches.deserialize(topic, record.value());
    return Optional.of(SealedManifest.of(batch));
  }
}
