package dev.offpeak.ingest.batches;

import dev.offpeak.ingest.files.FileStore;
import dev.offpeak.ingest.line.Line;
import dev.offpeak.schemas.reading.TopicTail;
import java.io.IOException;
import java.time.Duration;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** The output and the error file of a batch, written once all its outcomes are there. */
final class OutputFiles implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final String batch;
  private final FileStore files;
  private final BitSet seen = new BitSet();
  private FileStore.@Nullable Writing output;
  private FileStore.@Nullable Writing errors;

  /** Those of that batch. */
  OutputFiles(String batch, FileStore files) {
    this.batch = batch;
    this.files = files;
  }

  /**
   * Reads all outcomes of the batch again and writes each of its lines once.
   *
   * @param from where they begin, by topic-partition
   */
  void readOutcomes(
      TopicTail tail, OutcomeTopics topics, OutcomeTail.Ends ends, Map<String, Long> from)
      throws IOException, InterruptedException {
    List<TopicPartition> partitions = topics.partitions(tail);
    Map<TopicPartition, Long> begin = new HashMap<>();
    partitions.forEach(each -> begin.put(each, from.getOrDefault(each.toString(), 0L)));
    tail.beginAt(begin);
    tail.readTo(
        ends.of(partitions),
        PATIENCE,
        record -> {
          LineKey key = LineKey.of(record.key());
          if (key != null && key.batch().equals(batch) && record.value() != null) {
            write(key, topics.read(record));
          }
        });
  }

  private void write(LineKey key, Outcome outcome) throws IOException {
    if (seen.get(key.line())) {
      return;
    }
    seen.set(key.line());
    byte[] line = OutputLine.of(key, outcome);
    (outcome.isFailure() ? errorFile() : outputFile()).write(line, 0, line.length);
  }

  /** A line that was never sent, since the batch was cancelled before. */
  void neverSent(int number, Line line) throws IOException {
    String customId =
        line instanceof Line.Whole(long _, byte[] bytes) ? InputCheck.customId(bytes) : null;
    byte[] written =
        OutputLine.refused(
            new LineKey(batch, number),
            customId,
            "batch_cancelled",
            "This request was not sent: the batch was cancelled before.");
    errorFile().write(written, 0, written.length);
  }

  private FileStore.Writing outputFile() {
    if (output == null) {
      output = files.begin();
    }
    return output;
  }

  private FileStore.Writing errorFile() {
    if (errors == null) {
      errors = files.begin();
    }
    return errors;
  }

  /** The finished output; null when no line succeeded. */
  FileStore.@Nullable Finished output() throws IOException, InterruptedException {
    return output == null ? null : output.finish();
  }

  /** The finished errors; null when no line failed. */
  FileStore.@Nullable Finished errors() throws IOException, InterruptedException {
    return errors == null ? null : errors.finish();
  }

  @Override
  public void close() {
    if (output != null) {
      output.close();
    }
    if (errors != null) {
      errors.close();
    }
  }
}
