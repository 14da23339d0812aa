package dev.offpeak.submitter.batch;

import dev.offpeak.schemas.avro.SealedBatch;
import dev.offpeak.schemas.reading.PositionReader;
import dev.offpeak.schemas.registry.RegistryUnavailable;
import java.time.Clock;
import java.time.Duration;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/**
 * Reads single batches back from llm.batches. One consumer for all who ask, one after the other: a
 * batch is read a few times in a day of its life.
 */
public final class BatchReader implements AutoCloseable {

  private static final int FETCH_BYTES = 1 << 20;
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Consumer<byte[], byte[]> consumer;
  private final Deserializer<SealedBatch> values;
  private final String topic;
  private final Clock clock;

  /**
   * Reads with that consumer.
   *
   * @param consumer of no group, reading committed records, without a reset of offsets
   */
  public BatchReader(
      Consumer<byte[], byte[]> consumer,
      Deserializer<SealedBatch> values,
      String topic,
      Clock clock) {
    this.consumer = consumer;
    this.values = values;
    this.topic = topic;
    this.clock = clock;
  }

  /**
   * The batch at that place.
   *
   * @throws ManifestExpired when it is gone for good
   * @throws TimeoutException when the broker does not deliver it
   */
  public synchronized SealedBatch read(BatchPlace place) throws ManifestExpired {
    TopicPartition partition = new TopicPartition(topic, place.partition());
    var positions =
        new PositionReader<>(
            consumer, partition, FETCH_BYTES, clock, PositionReader.Silence.lasting(PATIENCE));
    try {
      return decode(positions.read(place.offset()), place);
    } catch (OffsetOutOfRangeException e) {
      throw new ManifestExpired(place, topic);
    } catch (PositionReader.NothingCame e) {
      throw new TimeoutException(
          "batch " + place.batchId() + " was not delivered within " + PATIENCE, e);
    }
  }

  private SealedBatch decode(@Nullable ConsumerRecord<byte[], byte[]> record, BatchPlace place)
      throws ManifestExpired {
    SealedBatch batch = record == null ? null : sealed(record);
    if (batch == null || !batch.getBatchId().equals(place.batchId())) {
      throw new ManifestExpired(place, topic);
    }
    return batch;
  }

  private @Nullable SealedBatch sealed(ConsumerRecord<byte[], byte[]> record) {
    try {
      return values.deserialize(topic, record.value());
    } catch (RegistryUnavailable e) {
      throw e;
    } catch (SerializationException e) {
      // It could be read when it was taken: this is another record in its place.
      return null;
    }
  }

  @Override
  public synchronized void close() {
    consumer.close();
    values.close();
  }
}
