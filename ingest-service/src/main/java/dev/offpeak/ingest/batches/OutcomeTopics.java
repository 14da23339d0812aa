package dev.offpeak.ingest.batches;

import dev.offpeak.schemas.avro.DroppedDuplicate;
import dev.offpeak.schemas.avro.LlmFailure;
import dev.offpeak.schemas.avro.LlmResult;
import dev.offpeak.schemas.reading.TopicTail;
import dev.offpeak.schemas.record.RecordFault;
import dev.offpeak.schemas.serde.SerdeFactory;
import dev.offpeak.schemas.topic.Topics;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.Deserializer;

/** Where outcomes are, and how they are read. */
public final class OutcomeTopics {

  private final String results;
  private final String failures;
  private final String duplicates;
  private final List<String> ways;
  private final Deserializer<LlmResult> resultReader;
  private final Deserializer<LlmFailure> failureReader;
  private final Deserializer<DroppedDuplicate> duplicateReader;

  /** Those of that installation. */
  public OutcomeTopics(Topics topics, SerdeFactory serdes) {
    this.results = topics.results().name();
    this.failures = topics.failures().name();
    this.duplicates = topics.duplicates().name();
    this.ways = List.of(topics.lanes().name(), topics.batches().name());
    this.resultReader = serdes.deserializer(LlmResult.class);
    this.failureReader = serdes.deserializer(LlmFailure.class);
    this.duplicateReader = serdes.deserializer(DroppedDuplicate.class);
  }

  /**
   * All partitions in which outcomes can be.
   *
   * @throws KafkaException when a topic is not there yet
   */
  List<TopicPartition> partitions(TopicTail tail) {
    return partitions(tail, List.of(results, failures, duplicates));
  }

  /** All partitions of what is written about a line on its way to an outcome. */
  List<TopicPartition> waysOf(TopicTail tail) {
    return partitions(tail, ways);
  }

  private static List<TopicPartition> partitions(TopicTail tail, List<String> topics) {
    List<TopicPartition> all = new ArrayList<>();
    for (String topic : topics) {
      List<TopicPartition> partitions = tail.partitionsOf(topic);
      if (partitions.isEmpty()) {
        throw new KafkaException("the topic " + topic + " is not there yet");
      }
      all.addAll(partitions);
    }
    return all;
  }

  /** What a record says; one that can't be read says that. */
  Outcome read(ConsumerRecord<byte[], byte[]> record) {
    try {
      return decode(record);
    } catch (Throwable e) {
      if (RecordFault.isOnRecord(e)) {
        return new Outcome.Unreadable(
            RecordFault.message(record.topic(), record.partition(), record.offset(), e));
      }
      throw e;
    }
  }

  private Outcome decode(ConsumerRecord<byte[], byte[]> record) {
    byte[] value = record.value();
    boolean failed = record.topic().equals(failures);
    if (record.topic().equals(duplicates)) {
      return new Outcome.Duplicate(duplicateReader.deserialize(duplicates, value).getCustomId());
    }
    if (value.length > 0 && value[0] == '{') {
      return new Outcome.Written(value, failed);
    }
    return failed
        ? new Outcome.Failed(failureReader.deserialize(failures, value))
        : new Outcome.Answered(resultReader.deserialize(results, value));
  }
}
