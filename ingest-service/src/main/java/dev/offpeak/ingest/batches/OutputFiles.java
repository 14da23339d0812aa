package dev.offpeak.ingest.batches;

import dev.offpeak.ingest.files.FileStore;
import dev.offpeak.ingest.line.Line;
import dev.offpeak.ingest.line.LineReader;
import dev.offpeak.schemas.avro.GatewayBatchError;
import dev.offpeak.schemas.reading.TopicTail;
import java.io.IOException;
import java.io.InputStream;
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
  private final long lines;
  private final FileStore files;
  private final @Nullable Ending ending;
  private final BitSet seen = new BitSet();
  private FileStore.@Nullable Writing output;
  private FileStore.@Nullable Writing errors;

  /**
   * Those of that batch.
   *
   * @param lines that it has
   * @param ending null when it ran to its end
   */
  OutputFiles(String batch, long lines, FileStore files, @Nullable Ending ending) {
    this.batch = batch;
    this.lines = lines;
    this.files = files;
    this.ending = ending;
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
          LineKey key = LineKey.of(record);
          if (key != null && key.batch().equals(batch) && record.value() != null) {
            write(key, topics.read(record));
          }
        });
  }

  private void write(LineKey key, Outcome outcome) throws IOException {
    if (key.line() >= lines || seen.get(key.line())) {
      return;
    }
    put(key.line(), outcome.isFailure(), OutputLine.of(key, outcome, ending));
  }

  /** Writes lines that were kept. */
  void write(List<OutcomeCount.Kept> kept) throws IOException {
    for (OutcomeCount.Kept each : kept) {
      put(each.line(), each.isFailure(), each.bytes());
    }
  }

  private void put(int number, boolean isFailure, byte[] bytes) throws IOException {
    seen.set(number);
    (isFailure ? errorFile() : outputFile()).write(bytes, 0, bytes.length);
  }

  /** Whether each line has been written. */
  boolean isWhole() {
    return seen.cardinality() == lines;
  }

  /**
   * Writes an error for each line that is not there yet: a bad one, or one that was not executed.
   *
   * @param check finds the bad ones
   */
  void writeRest(InputStream in, int lineLimit, InputCheck check) throws IOException {
    LineReader reader = new LineReader(in, lineLimit, Integer.MAX_VALUE);
    int number = 0;
    for (Line line = reader.next(); line != null; line = reader.next()) {
      GatewayBatchError wrong = check.look(line);
      if (!seen.get(number)) {
        String code = wrong == null ? codeOfRest() : wrong.getCode();
        String message = wrong == null ? whyNot() : wrong.getMessage();
        byte[] bytes =
            OutputLine.refused(
                new LineKey(batch, number), InputCheck.customId(line), code, message);
        put(number, true, bytes);
      }
      number++;
    }
  }

  private String codeOfRest() {
    return ending == null ? "no_outcome" : ending.code();
  }

  private String whyNot() {
    return ending == null
        ? "This request has no outcome."
        : "This request was not executed, or its answer came too late: " + ending.words();
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
