package dev.offpeak.standalone.outcome;

import dev.offpeak.results.completions.job.JobCleaner;
import dev.offpeak.schemas.avro.JobEnded;
import dev.offpeak.schemas.avro.JobRecord;
import dev.offpeak.schemas.avro.LlmFailure;
import dev.offpeak.schemas.avro.LlmResult;
import dev.offpeak.schemas.avro.SealedBatch;
import dev.offpeak.schemas.avro.UsageRecord;
import dev.offpeak.schemas.reading.TopicTail;
import dev.offpeak.schemas.serde.SerdeFactory;
import dev.offpeak.schemas.topic.Topics;
import dev.offpeak.standalone.feed.TooLongLines;
import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
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

  private final TopicTail tail;
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
    this.tail = new TopicTail(consumer);
    tail.beginAtTheBeginning(tail.partitionsOf(takers.keySet().toArray(String[]::new)));
  }

  private <T> void add(String topic, Deserializer<T> format, Use<T> use) {
    takers.put(topic, record -> use.of(format.deserialize(topic, record.value())));
  }

  /** Takes what has come, waiting for at most that long when there is nothing. */
  public void read(Duration wait) throws IOException {
    tail.poll(wait, this::take);
    files.flush();
  }

  /** Reads until everything that is committed now has been taken. */
  public void readToEnd() throws IOException, InterruptedException {
    tail.readToEnd(this::take);
    files.flush();
  }

  private void take(ConsumerRecord<byte[], byte[]> record) throws IOException {
    Taker taker = takers.get(record.topic());
    if (taker != null && record.value() != null) {
      taker.take(record);
    }
  }

  @Override
  public void close() {
    tail.close();
  }
}
