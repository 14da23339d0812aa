package dev.offpeak.operations.jobs;

import dev.offpeak.operations.cluster.Cluster;
import dev.offpeak.operations.cluster.SkippedRecords;
import dev.offpeak.operations.cluster.TopicReader;
import dev.offpeak.schemas.avro.JobRecord;
import java.util.Map;
import java.util.function.Predicate;

/** The ledger llm.jobs as it stands. */
final class JobTable {

  private JobTable() {}

  /**
   * Jobs by their batch ids, so that the oldest batch comes first.
   *
   * @param wanted only these are kept
   */
  static Map<String, JobRecord> read(
      Cluster cluster, Predicate<JobRecord> wanted, SkippedRecords leftOut)
      throws InterruptedException {
    return new TopicReader(cluster)
        .latest(
            cluster.topics().jobs().name(),
            cluster.serdes().deserializer(JobRecord.class),
            wanted,
            leftOut);
  }
}
