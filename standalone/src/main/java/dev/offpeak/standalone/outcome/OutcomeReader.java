package dev.offpeak.standalone.outcome;

import dev.offpeak.results.job.JobCleaner;
import dev.offpeak.schemas.avro.JobEnded;
import dev.offpeak.schemas.avro.JobRecord;
import dev.offpeak.schemas.avro.LlmFailure;
import dev.offpeak.schemas.avro.LlmResult;
import dev.offpeak.schemas.avro.SealedBatch;
import dev.offpeak.schemas.avro.UsageRecord;
import dev.offpeak.schemas.serde.SerdeFactory;
import dev.offpeak.schemas.topic.Topics;
import dev.offpeak.standalone.feed.TooLongLines;
import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * Follows the topics that a run ends in, from their beginning: outcomes go to the output files,
 * batches, jobs and usage to the tally.
 */
public final class OutcomeReader implements Closeable {

  /** Takes one record. */
  @FunctionalInterface
  private interface Taker {
    void take(ConsumerRecord<byte[], byte[]> record) throws IOException;
  }

  /** Takes a value that was read. */
  @FunctionalInterface
  private interface Use<T> {
    void of(T value) throws IOException;
  }

  private final Consumer<byte[], byte[]> consumer;
  private final OutcomeFiles files;
  private final Map<String, Taker> takers = new HashMap<>();

  /**
   * A reader that stands at the beginning.
   *
   * @param consumer a read_committed one without a group; closed with this
   * @param words puts failures into
   * @param lineLimit the longest line that is sent
   */
  public OutcomeReader(
      Consumer<byte[], byte[]> consumer,
      Topics topics,
      SerdeFactory serdes,
      OutcomeFiles files,
      FileWords words,
      int lineLimit,
      Tally tally) {
    this.consumer = consumer;
    this.files = files;
    add(
        topics.results().name(),
        serdes.deserializer(LlmResult.class),
        result -> {
          files.result(result);
          tally.result(result.getUsageProblem());
        });
    Deserializer<LlmFailure> failures = serdes.deserializer(LlmFailure.class);
    takers.put(
        topics.failures().name(),
        record -> {
          if (TooLongLines.isOver(record.headers(), lineLimit)) {
            return;
          }
          LlmFailure failure =
              words.of(record.key(), failures.deserialize(record.topic(), record.value()));
          files.failure(failure);
          tally.failure(failure.getCode(), failure.getMessage());
          String batchId = failure.getBatchId();
          if (batchId != null && JobCleaner.mayHaveLeftAnAnswer(failure.getCode())) {
            tally.undelivered(batchId);
          }
        });
    add(topics.batches().name(), serdes.deserializer(SealedBatch.class), tally::batch);
    add(topics.jobs().name(), serdes.deserializer(JobRecord.class), tally::job);
    add(topics.completions().name(), serdes.deserializer(JobEnded.class), tally::ended);
    add(topics.usage().name(), serdes.deserializer(UsageRecord.class), tally::usage);
    takers.put(topics.duplicates().name(), _ -> tally.duplicate());
    List<TopicPartition> all =
        takers.keySet().stream()
            .flatMap(topic -> consumer.partitionsFor(topic).stream())
            .map(info -> new TopicPartition(info.topic(), info.partition()))
            .toList();
    consumer.assign(all);
    consumer.seekToBeginning(all);
  }

  private <T> void add(String topic, Deserializer<T> format, Use<T> use) {
    takers.put(topic, record -> use.of(format.deserialize(topic, record.value())));
  }

  /** Takes what has come, waiting for at most that long when there is nothing. */
  public void read(Duration wait) throws IOException {
    for (ConsumerRecord<byte[], byte[]> each : consumer.poll(wait)) {
      Taker taker = takers.get(each.topic());
      if (taker != null && each.value() != null) {
        taker.take(each);
      }
    }
    files.flush();
  }

  /** Reads until everything that is committed now has been taken. */
  public void readToEnd(Duration wait) throws IOException {
    Map<TopicPartition, Long> ends = consumer.endOffsets(consumer.assignment());
    while (ends.entrySet().stream()
        .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
      read(wait);
    }
  }

  @Override
  public void close() {
    consumer.close();
  }
}
