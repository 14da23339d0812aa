package dev.offpeak.batcher;

import dev.offpeak.batcher.stage.StageFormats;
import dev.offpeak.batcher.wire.LaneFormat;
import dev.offpeak.schemas.avro.AdmittedRequest;
import dev.offpeak.schemas.avro.ControlRecord;
import dev.offpeak.schemas.avro.DroppedDuplicate;
import dev.offpeak.schemas.avro.LlmFailure;
import dev.offpeak.schemas.avro.LlmRequest;
import dev.offpeak.schemas.avro.SealedBatch;
import dev.offpeak.schemas.registry.RegistryUnavailable;
import dev.offpeak.schemas.serde.SerdeFactory;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.SerializationException;

/** The formats of the batcher's topics, with the schemas of the registry. */
final class RecordFormats {

  private final SerdeFactory serdes;
  private final BatcherTopics topics;
  private final UnaryOperator<Function<byte[], ControlRecord>> patience;

  /**
   * Formats made of these serializers.
   *
   * @param patience makes the reader of llm.control wait for a registry that is away
   */
  RecordFormats(
      SerdeFactory serdes,
      BatcherTopics topics,
      UnaryOperator<Function<byte[], ControlRecord>> patience) {
    this.serdes = serdes;
    this.topics = topics;
    this.patience = patience;
  }

  /** One set, for one task. Asks the registry for the schema of llm.lanes. */
  StageFormats create() {
    var requests = serdes.deserializer(LlmRequest.class);
    Function<byte[], AdmittedRequest> admitted = read(AdmittedRequest.class, topics.lanes());
    Function<AdmittedRequest, byte[]> lane = write(AdmittedRequest.class, topics.lanes());
    return new StageFormats(
        (headers, value) -> requests.deserialize(topics.requests(), headers, value),
        admitted,
        lane,
        new LaneFormat(lane, admitted),
        write(LlmFailure.class, topics.failures()),
        write(DroppedDuplicate.class, topics.duplicates()),
        write(SealedBatch.class, topics.batches()),
        write(SealedBatch.class, topics.urgent()),
        patience.apply(read(ControlRecord.class, topics.control())));
  }

  private <T extends SpecificRecord> Function<T, byte[]> write(Class<T> type, String topic) {
    var serializer = serdes.serializer(type);
    return record -> {
      try {
        return serializer.serialize(topic, record);
      } catch (RegistryUnavailable e) {
        throw e;
      } catch (SerializationException e) {
        // No record that was read is to blame: the registry does not take our schema.
        throw new KafkaException("a record of " + topic + " can't be written", e);
      }
    };
  }

  private <T extends SpecificRecord> Function<byte[], T> read(Class<T> type, String topic) {
    var deserializer = serdes.deserializer(type);
    return value -> deserializer.deserialize(topic, value);
  }
}
