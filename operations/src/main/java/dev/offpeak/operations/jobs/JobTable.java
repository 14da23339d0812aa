package dev.offpeak.operations.jobs;

import dev.offpeak.operations.cluster.Cluster;
import dev.offpeak.operations.cluster.TopicReader;
import dev.offpeak.schemas.avro.JobRecord;
import java.util.Map;

/** The ledger llm.jobs as it stands. */
final class JobTable {

  private JobTable() {}

  /** Every job by its batch id, so that the oldest batch comes first. */
  static Map<String, JobRecord> read(Cluster cluster) throws InterruptedException {
    return new TopicReader(cluster)
        .latest(cluster.topics().jobs().name(), cluster.serdes().deserializer(JobRecord.class));
  }
}
