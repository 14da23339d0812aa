package dev.offpeak.operations.jobs;

import dev.offpeak.core.lane.QuotaScope;
import dev.offpeak.operations.cluster.Cluster;
import dev.offpeak.operations.cluster.SkippedRecords;
import dev.offpeak.operations.cluster.TopicReader;
import dev.offpeak.schemas.avro.JobRecord;
import dev.offpeak.schemas.avro.QuotaRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The quotas of an installation, read from llm.quotas and llm.jobs. */
final class QuotaTable {

  private QuotaTable() {}

  /** Every scope that has a job or has taught something, by its id. */
  static List<Quota> read(Cluster cluster, SkippedRecords leftOut) throws InterruptedException {
    Map<String, List<JobRecord>> jobs = new TreeMap<>();
    for (JobRecord job : JobTable.read(cluster, _ -> true, leftOut).values()) {
      jobs.computeIfAbsent(job.getScope(), _ -> new ArrayList<>()).add(job);
    }
    Map<String, QuotaRecord> lessons =
        new TopicReader(cluster)
            .latest(
                cluster.topics().quotas().name(),
                cluster.serdes().deserializer(QuotaRecord.class),
                _ -> true,
                leftOut);
    lessons.keySet().forEach(scope -> jobs.putIfAbsent(scope, List.of()));
    List<Quota> all = new ArrayList<>();
    jobs.forEach(
        (scope, its) -> all.add(Quota.of(QuotaScope.parse(scope), its, lessons.get(scope))));
    return all;
  }
}
