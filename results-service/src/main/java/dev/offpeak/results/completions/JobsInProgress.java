package dev.offpeak.results.completions;

import dev.offpeak.results.completions.job.DecodedCompletion;
import dev.offpeak.results.shared.publish.Progress;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The jobs that one partition's worker has: waiting for their turn, being fetched, ready to be
 * published. They are named by the offsets of their records. Not thread-safe.
 */
final class JobsInProgress {

  private static final Logger LOGGER = LoggerFactory.getLogger(JobsInProgress.class);

  /** Starts to fetch a job whose requests before an index have their outcomes. */
  @FunctionalInterface
  interface Fetching {

    void start(ConsumerRecord<byte[], byte[]> record, int from);
  }

  private final Fetching fetching;
  private final Deque<ConsumerRecord<byte[], byte[]>> waiting = new ArrayDeque<>();
  private final NavigableMap<Long, ConsumerRecord<byte[], byte[]>> begun = new TreeMap<>();
  private final Deque<DecodedCompletion> ready = new ArrayDeque<>();

  JobsInProgress(Fetching fetching) {
    this.fetching = fetching;
  }

  /** More records, all behind those before. */
  void add(List<ConsumerRecord<byte[], byte[]>> records) {
    waiting.addAll(records);
  }

  /**
   * Begins what there is room for.
   *
   * @return records that have left the queue
   */
  int begin(Progress progress) {
    int before = waiting.size();
    while (!waiting.isEmpty() && progress.hasRoomFor(waiting.element().offset())) {
      ConsumerRecord<byte[], byte[]> record = waiting.remove();
      if (progress.take(record.offset())) {
        begun.put(record.offset(), record);
        fetching.start(record, progress.next(record.offset()));
      }
    }
    return before - waiting.size();
  }

  /** Goes on with another session's progress; drops what has been published all the same. */
  void resume(Progress progress) {
    begun.keySet().removeIf(offset -> !progress.take(offset));
  }

  /** A job has its results. */
  void fetched(DecodedCompletion job) {
    ready.add(job);
  }

  /** The job to be published next; null when none is ready. */
  @Nullable DecodedCompletion ready() {
    while (!ready.isEmpty() && !begun.containsKey(ready.element().offset())) {
      close(ready.remove());
    }
    return ready.peek();
  }

  /** The {@link #ready} job is published. */
  void done() {
    DecodedCompletion job = ready.remove();
    begun.remove(job.offset());
    close(job);
  }

  /** What was fetched of the {@link #ready} job is of no use. */
  void fetchAgain(int from) {
    DecodedCompletion job = ready.remove();
    close(job);
    ConsumerRecord<byte[], byte[]> record = begun.get(job.offset());
    if (record != null) {
      fetching.start(record, from);
    }
  }

  boolean isEmpty() {
    return waiting.isEmpty() && begun.isEmpty();
  }

  /** Drops everything; the next owner of the partition will take it. */
  void drop() {
    ready.forEach(JobsInProgress::close);
    ready.clear();
    begun.clear();
    waiting.clear();
  }

  private static void close(DecodedCompletion job) {
    try {
      job.close();
    } catch (IOException e) {
      LOGGER.atWarn().setCause(e).log("work file not closed");
    }
  }
}
