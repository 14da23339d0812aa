package dev.offpeak.submitter.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.offpeak.core.job.JobState.Ended;
import dev.offpeak.core.job.JobState.Results;
import dev.offpeak.schemas.avro.JobRecord;
import dev.offpeak.schemas.avro.SealedBatch;
import dev.offpeak.schemas.reading.PositionReader;
import dev.offpeak.schemas.reading.TopicTail;
import dev.offpeak.schemas.topic.Topics;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * Reads a partition of llm.jobs from its beginning to its end: the jobs as they stand, and how far
 * llm.batches was taken. A batch gets its first record in the order of llm.batches, so every batch
 * up to the highest offset that is recorded is known, those included whose records are long gone.
 */
final class LedgerReader {

  private static final int FETCH_BYTES = 1 << 20;

  private final Consumer<byte[], byte[]> consumer;
  private final Deserializer<JobRecord> values;
  private final Deserializer<SealedBatch> sealed;
  private final UnprocessableRecords unprocessable;
  private final Clock clock;
  private final TopicPartition jobs;
  private final TopicPartition batches;
  private final Map<String, KnownJob> live = new HashMap<>();
  private final Map<String, Long> ended = new HashMap<>();
  private final Set<String> endedJobIds = new HashSet<>();
  private long highest = -1;
  private String highestId = "";

  /** Reads with a consumer of no group that sees committed records. */
  LedgerReader(
      Consumer<byte[], byte[]> consumer,
      Deserializer<JobRecord> values,
      Deserializer<SealedBatch> sealed,
      Topics topics,
      int partition,
      UnprocessableRecords unprocessable,
      Clock clock) {
    this.consumer = consumer;
    this.values = values;
    this.sealed = sealed;
    this.unprocessable = unprocessable;
    this.clock = clock;
    this.jobs = new TopicPartition(topics.jobs().name(), partition);
    this.batches = new TopicPartition(topics.batches().name(), partition);
  }

  /**
   * Reads all there is. The partition must have been taken over before, so that nothing is added
   * meanwhile.
   *
   * @throws InterruptedException when told to stop
   */
  RebuiltPartition read() throws InterruptedException {
    long end = consumer.endOffsets(List.of(batches)).getOrDefault(batches, 0L);
    long begin = consumer.beginningOffsets(List.of(batches)).getOrDefault(batches, 0L);
    TopicTail tail = new TopicTail(consumer);
    tail.beginAtTheBeginning(List.of(jobs));
    tail.readToEnd(this::take);
    boolean madeAnew = isMadeAnew(begin, end);
    return new RebuiltPartition(
        sorted(),
        madeAnew ? begin : Math.max(begin, highest + 1),
        Set.copyOf(endedJobIds),
        expiredBefore(begin),
        knownIds());
  }

  /**
   * Whether llm.batches is another topic than the one that was taken: it ends before the last batch
   * that was taken, or has another batch in its place. Offsets mean nothing then.
   */
  private boolean isMadeAnew(long begin, long end) {
    if (highest >= end) {
      return true;
    }
    if (highest < begin) {
      return false;
    }
    var positions = new PositionReader<>(consumer, batches, FETCH_BYTES, clock, (_, _) -> true);
    ConsumerRecord<byte[], byte[]> record = positions.read(highest);
    return record == null || !isTheLastTaken(record);
  }

  private boolean isTheLastTaken(ConsumerRecord<byte[], byte[]> record) {
    return unprocessable
        .read(record, each -> sealed.deserialize(each.topic(), each.value()).getBatchId())
        .filter(highestId::equals)
        .isPresent();
  }

  private Set<String> knownIds() {
    Set<String> known = new HashSet<>(live.keySet());
    known.addAll(ended.keySet());
    return Set.copyOf(known);
  }

  private void take(ConsumerRecord<byte[], byte[]> record) {
    if (record.key() == null) {
      unprocessable.leftOut(record, "it has no key");
      return;
    }
    String batchId = new String(record.key(), UTF_8);
    if (record.value() == null) {
      live.remove(batchId);
      ended.remove(batchId);
    } else {
      // What an unreadable record stood for is still what the one before it said.
      unprocessable.read(record, each -> job(each, batchId)).ifPresent(job -> take(job, batchId));
    }
  }

  private KnownJob job(ConsumerRecord<byte[], byte[]> record, String batchId) {
    KnownJob job =
        JobRecords.read(jobs.partition(), values.deserialize(jobs.topic(), record.value()));
    if (!job.place().batchId().equals(batchId)) {
      throw new IllegalArgumentException(
          "it is about batch " + job.place().batchId() + " under another's key");
    }
    return job;
  }

  private void take(KnownJob job, String batchId) {
    if (job.place().offset() >= highest) {
      highest = job.place().offset();
      highestId = batchId;
    }
    if (job.state() instanceof Ended over) {
      live.remove(batchId);
      ended.put(batchId, job.place().offset());
      Results results = over.job();
      if (results != null) {
        endedJobIds.add(results.jobId());
      }
    } else {
      live.put(batchId, job);
    }
  }

  private List<KnownJob> sorted() {
    List<KnownJob> jobsInOrder = new ArrayList<>(live.values());
    jobsInOrder.sort(Comparator.comparingLong(job -> job.place().offset()));
    return jobsInOrder;
  }

  /** The record with the highest offset stays: it says how far llm.batches was taken. */
  private List<String> expiredBefore(long begin) {
    return ended.entrySet().stream()
        .filter(entry -> entry.getValue() < begin && entry.getValue() != highest)
        .map(Map.Entry::getKey)
        .toList();
  }
}
