package dev.offpeak.operations.audit;

import dev.offpeak.core.audit.PositionMarks;
import dev.offpeak.core.audit.RequestMark;
import dev.offpeak.core.audit.RequestMarks;
import dev.offpeak.operations.cluster.Cluster;
import dev.offpeak.operations.cluster.SkippedRecords;
import dev.offpeak.operations.cluster.TopicReader;
import dev.offpeak.operations.cluster.TopicSlice;
import dev.offpeak.schemas.avro.AdmittedRequest;
import dev.offpeak.schemas.avro.DroppedDuplicate;
import dev.offpeak.schemas.avro.JobEnded;
import dev.offpeak.schemas.avro.SealedBatch;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/**
 * Counts every request of a range and what became of it, while the installation works on. Memory
 * grows by four bytes with each request and one with each position of llm.lanes.
 */
final class Audit {

  private final Cluster cluster;
  private final TopicReader reader;
  private final AuditRange range;
  private final RequestMarks requests = new RequestMarks();
  private final PositionMarks positions = new PositionMarks();
  private final RequestTally tally = new RequestTally();
  private final SkippedRecords leftOut = new SkippedRecords();
  private final AdmissionProgress admission = new AdmissionProgress();

  Audit(Cluster cluster, TopicReader reader, AuditRange range) {
    this.cluster = cluster;
    this.reader = reader;
    this.range = range;
  }

  /**
   * Reads the topics.
   *
   * @param ledger what the provider billed, read to its end; null when it is not known
   */
  AuditReport run(@Nullable InputStream ledger) throws InterruptedException, IOException {
    // Service progress first, then outcomes, then requests: a request that moves on meanwhile is
    // seen too early on its way, never too late, and so is never taken for lost.
    admission.take(cluster.committed(cluster.batcherGroup()), cluster.topics().requests().name());
    Map<TopicPartition, OffsetAndMetadata> published = cluster.committed("offpeak-results");
    Map<TopicPartition, OffsetAndMetadata> called = cluster.committed("offpeak-results-urgent");
    AuditSlices slices = AuditSlices.take(reader, cluster.topics(), range);

    reader.read(slices.requests(), this::see);
    if (ledger != null) {
      BillingLedger.read(ledger, positions);
    }
    markPublished(slices, published);
    markCalled(slices, called);
    Deserializer<AdmittedRequest> admitted = cluster.serdes().deserializer(AdmittedRequest.class);
    read(slices.lanes(), record -> attempt(record, value(admitted, record)));
    read(slices.retries(), record -> retry(value(admitted, record)));
    Deserializer<DroppedDuplicate> drops = cluster.serdes().deserializer(DroppedDuplicate.class);
    read(slices.duplicates(), record -> drop(value(drops, record)));
    OutcomeValues outcomes = new OutcomeValues(cluster.serdes());
    read(slices.results(), record -> outcome(outcomes.result(record), RequestTally.Count.RESULTS));
    read(
        slices.failures(),
        record -> outcome(outcomes.failure(record), RequestTally.Count.FAILURES));

    RequestVerdicts verdicts = new RequestVerdicts(requests, admission, tally, ledger != null);
    if (verdicts.hasOpen()) {
      reader.read(
          slices.lanes(),
          new SkippedRecords().sparing(record -> verdicts.name(value(admitted, record))));
    }
    return verdicts.report(leftOut);
  }

  private void read(TopicSlice slice, TopicReader.Visitor visitor) {
    reader.read(slice, leftOut.sparing(visitor));
  }

  private void see(ConsumerRecord<byte[], byte[]> record) {
    requests.add(RequestMark.SEEN, record.partition(), record.offset());
    admission.see(record);
  }

  private void markPublished(AuditSlices slices, Map<TopicPartition, OffsetAndMetadata> progress) {
    PublishedBatches published = new PublishedBatches();
    Deserializer<JobEnded> jobs = cluster.serdes().deserializer(JobEnded.class);
    read(
        slices.completions(),
        record -> {
          if (isBefore(record, progress)) {
            published.add(value(jobs, record));
          }
        });
    Deserializer<SealedBatch> batches = cluster.serdes().deserializer(SealedBatch.class);
    read(
        slices.batches(),
        record ->
            published.mark(record.partition(), record.offset(), value(batches, record), positions));
  }

  /** Requests that were called synchronously, each a batch of its own. */
  private void markCalled(AuditSlices slices, Map<TopicPartition, OffsetAndMetadata> progress) {
    Deserializer<SealedBatch> batches = cluster.serdes().deserializer(SealedBatch.class);
    read(
        slices.urgent(),
        record -> {
          if (isBefore(record, progress)) {
            PublishedBatches.markAll(value(batches, record), positions);
          }
        });
  }

  private static boolean isBefore(
      ConsumerRecord<byte[], byte[]> record, Map<TopicPartition, OffsetAndMetadata> progress) {
    OffsetAndMetadata done = progress.get(new TopicPartition(record.topic(), record.partition()));
    return done != null && record.offset() < done.offset();
  }

  private void attempt(ConsumerRecord<byte[], byte[]> record, AdmittedRequest request) {
    int partition = request.getSourcePartition();
    long offset = request.getSourceOffset();
    requests.add(RequestMark.ATTEMPT, partition, offset);
    if (positions.isPublished(record.partition(), record.offset())) {
      requests.add(RequestMark.PUBLISHED, partition, offset);
    }
    for (int i = positions.timesBilled(record.partition(), record.offset()); i > 0; i--) {
      requests.add(RequestMark.BILLED, partition, offset);
    }
  }

  private void retry(AdmittedRequest request) {
    requests.add(RequestMark.RETRY, request.getSourcePartition(), request.getSourceOffset());
  }

  private void drop(DroppedDuplicate drop) {
    requests.add(RequestMark.DROPPED, drop.getSourcePartition(), drop.getSourceOffset());
  }

  private void outcome(AuditedOutcome outcome, RequestTally.Count count) {
    if (requests.count(RequestMark.SEEN, outcome.partition(), outcome.offset()) > 0) {
      requests.add(RequestMark.OUTCOME, outcome.partition(), outcome.offset());
      tally.add(outcome.tenant(), count);
    }
  }

  private static <T> T value(Deserializer<T> reader, ConsumerRecord<byte[], byte[]> record) {
    return reader.deserialize(record.topic(), record.value());
  }
}
