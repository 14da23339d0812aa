package dev.offpeak.operations.replay;

import dev.offpeak.operations.cluster.Cluster;
import dev.offpeak.operations.cluster.SkippedRecords;
import dev.offpeak.operations.cluster.TopicReader;
import dev.offpeak.schemas.avro.LlmFailure;
import java.time.Instant;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Requests of llm.failures, executed again: what {@code offpeak retry-failures} does. */
public final class RetryFailures {

  private RetryFailures() {}

  /**
   * Sends all failures with those codes again.
   *
   * @param codes empty for those that are worth it
   * @param replayId with the same one nothing is sent twice
   * @return what was sent, in words
   */
  public static String send(Cluster open, Set<String> codes, String replayId)
      throws InterruptedException {
    SkippedRecords leftOut = new SkippedRecords();
    Sending sending =
        new Sending(
            open,
            Selection.ALL,
            new ReplayTarget(replayId, null, null),
            null,
            open.requestLimit(),
            false);
    ReplayCount count = sending.run(source(codes, null, null), leftOut);
    return String.format(
            Locale.ROOT,
            "sent %,d new requests, replay id '%s'%s%n",
            count.requests(),
            replayId,
            count.sentBefore() == 0
                ? ""
                : String.format(Locale.ROOT, "; %,d were sent with it before", count.sentBefore()))
        + count.text()
        + String.join(System.lineSeparator(), leftOut.sentences());
  }

  /** The failures of a time. */
  static Sending.Source source(Set<String> codes, @Nullable Instant from, @Nullable Instant to) {
    return (replay, count, leftOut, cluster) -> {
      FailedRequests failed =
          new FailedRequests(cluster.serdes().deserializer(LlmFailure.class), codes, count);
      TopicReader reader = new TopicReader(cluster);
      reader.read(
          reader.slice(cluster.topics().failures().name(), from, to),
          leftOut.sparing(
              record -> {
                OriginalRequest original = failed.of(record);
                if (original != null) {
                  replay.offer(original);
                }
              }));
    };
  }
}
