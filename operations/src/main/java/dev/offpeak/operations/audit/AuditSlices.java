package dev.offpeak.operations.audit;

import dev.offpeak.operations.cluster.TopicReader;
import dev.offpeak.operations.cluster.TopicSlice;
import dev.offpeak.schemas.topic.Topics;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What of each topic is read: up to where it stood when the audit began.
 *
 * @param results outcomes of the range and later ones
 * @param failures likewise
 * @param retries likewise
 * @param duplicates likewise
 * @param lanes likewise
 * @param completions all
 * @param batches all
 * @param urgent all
 * @param requests those of the range
 */
record AuditSlices(
    TopicSlice results,
    TopicSlice failures,
    TopicSlice retries,
    TopicSlice duplicates,
    TopicSlice lanes,
    TopicSlice completions,
    TopicSlice batches,
    TopicSlice urgent,
    TopicSlice requests) {

  /** Clocks of producers and brokers may differ by so much. */
  private static final Duration SKEW = Duration.ofHours(1);

  /** Takes the ends in this order: of what follows from a request before the request itself. */
  static AuditSlices take(TopicReader reader, Topics topics, AuditRange range)
      throws InterruptedException {
    @Nullable Instant from = range.from() == null ? null : range.from().minus(SKEW);
    return new AuditSlices(
        reader.slice(topics.results().name(), from, null),
        reader.slice(topics.failures().name(), from, null),
        reader.slice(topics.retries().name(), from, null),
        reader.slice(topics.duplicates().name(), from, null),
        reader.slice(topics.lanes().name(), from, null),
        reader.slice(topics.completions().name(), null, null),
        reader.slice(topics.batches().name(), null, null),
        reader.slice(topics.urgent().name(), null, null),
        reader.slice(topics.requests().name(), range.from(), range.to()));
  }
}
