package dev.offpeak.ingest.batches;

import dev.offpeak.schemas.avro.LlmFailure;
import dev.offpeak.schemas.avro.LlmResult;
import dev.offpeak.schemas.reading.TopicTail;
import dev.offpeak.schemas.serde.SerdeFactory;
import dev.offpeak.schemas.topic.Topics;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.Deserializer;

/** Where outcomes are, and how they are read. */
final class OutcomeTopics {

  private final String results;
  private final String failures;
  private final Deserializer<LlmResult> resultReader;
  private final Deserializer<LlmFailure> failureReader;

  OutcomeTopics(Topics topics, SerdeFactory serdes) {
    this.results = topics.results().name();
    this.failures = topics.failures().name();
    this.resultReader = serdes.deserializer(LlmResult.class);
    this.failureReader = serdes.deserializer(LlmFailure.class);
  }

  /** All partitions in which outcomes can be. */
  List<TopicPartition> partitions(TopicTail tail) {
    return tail.partitionsOf(results, failures);
  }

  Outcome read(ConsumerRecord<byte[], byte[]> record) {
    byte[] value = record.value();
    boolean failed = record.topic().equals(failures);
    if (value.length > 0 && value[0] == '{') {
      return new Outcome.Written(value, failed);
    }
    return failed
        ? new Outcome.Failed(failureReader.deserialize(failures, value))
        : new Outcome.Answered(resultReader.deserialize(results, value));
  }
}
