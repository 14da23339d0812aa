package dev.offpeak.results.shared.publish;

import dev.offpeak.results.config.ChunkLimits;
import dev.offpeak.results.shared.metric.ResultsMeters;
import java.time.Clock;

/**
 * Makes the publication of each job.
 *
 * @param limits of a chunk
 * @param usageWriter makes the records of llm.usage
 */
public record Publications(
    ChunkLimits limits, UsageWriter usageWriter, ResultsMeters meters, Clock clock) {

  /**
   * A publication in that session.
   *
   * @param jobOffset of the job's record in the session's partition
   * @param account by which outcomes are counted
   */
  public Publication of(PublishSession session, long jobOffset, String account) {
    return new Publication(
        session,
        jobOffset,
        limits,
        usageWriter,
        clock,
        (outcomes, usage) -> meters.published(account, outcomes, usage));
  }
}
