package dev.offpeak.submitter.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.offpeak.core.job.JobState.Ended;
import dev.offpeak.core.job.JobState.Results;
import dev.offpeak.schemas.avro.JobRecord;
import dev.offpeak.schemas.topic.Topics;
import java.time.Duration;
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

  private static final Duration POLL = Duration.ofMillis(200);

  private final Consumer<byte[], byte[]> consumer;
  private final Deserializer<JobRecord> values;
  private final TopicPartition jobs;
  private final TopicPartition batches;
  private final Map<String, KnownJob> live = new HashMap<>();
  private final Map<String, Long> ended = new HashMap<>();
  private final Set<String> endedJobIds = new HashSet<>();
  private long highest = -1;

  /** Reads with a consumer of no group that sees committed records. */
  LedgerReader(
      Consumer<byte[], byte[]> consumer,
      Deserializer<JobRecord> values,
      Topics topics,
      int partition) {
    this.consumer = consumer;
    this.values = values;
    this.jobs = new TopicPartition(topics.jobs().name(), partition);
    this.batches = new TopicPartition(topics.batches().name(), partition);
  }

  /**
   * Reads all there is. The partition must have been taken over before, so that nothing is added
   * meanwhile.
   *
   * @throws InterruptedException when told to stop
   */
  Rebuilt read() throws InterruptedException {
    List<TopicPartition> both = List.of(jobs, batches);
    consumer.assign(List.of(jobs));
    consumer.seekToBeginning(List.of(jobs));
    Map<TopicPartition, Long> ends = consumer.endOffsets(both);
    Map<TopicPartition, Long> beginnings = consumer.beginningOffsets(both);
    long end = ends.getOrDefault(jobs, 0L);
    while (consumer.position(jobs) < end) {
      if (Thread.interrupted()) {
        throw new InterruptedException("told to stop while reading " + jobs);
      }
      consumer.poll(POLL).records(jobs).forEach(this::take);
    }
    long begin = beginnings.getOrDefault(batches, 0L);
    boolean madeAnew = highest >= ends.getOrDefault(batches, 0L);
    long next = madeAnew ? begin : Math.max(begin, highest + 1);
    return new Rebuilt(sorted(), next, Set.copyOf(endedJobIds), expiredBefore(begin));
  }

  private void take(ConsumerRecord<byte[], byte[]> record) {
    String batchId = new String(record.key(), UTF_8);
    if (record.value() == null) {
      live.remove(batchId);
      ended.remove(batchId);
      return;
    }
    KnownJob job =
        JobRecords.read(jobs.partition(), values.deserialize(jobs.topic(), record.value()));
    highest = Math.max(highest, job.place().offset());
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
