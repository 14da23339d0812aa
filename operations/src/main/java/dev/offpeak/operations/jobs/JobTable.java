package dev.offpeak.operations.jobs;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.offpeak.operations.cluster.Cluster;
import dev.offpeak.operations.cluster.TopicReader;
import dev.offpeak.schemas.avro.JobRecord;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.serialization.Deserializer;

/** The ledger llm.jobs as it stands. */
final class JobTable {

  private JobTable() {}

  /** Every job by its batch id, so that the oldest batch comes first. */
  static Map<String, JobRecord> read(Cluster cluster) throws InterruptedException {
    Map<String, JobRecord> jobs = new TreeMap<>();
    TopicReader reader = new TopicReader(cluster);
    Deserializer<JobRecord> values = cluster.serdes().deserializer(JobRecord.class);
    reader.read(
        reader.slice(cluster.topics().jobs().name(), null, null),
        record -> {
          String batchId = new String(record.key(), UTF_8);
          if (record.value() == null) {
            jobs.remove(batchId);
          } else {
            jobs.put(batchId, values.deserialize(record.topic(), record.value()));
          }
        });
    return jobs;
  }
}
