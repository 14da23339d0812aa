package dev.offpeak.submitter.ledger;

import dev.offpeak.core.job.JobState.Ended;
import dev.offpeak.schemas.avro.JobEnded;
import dev.offpeak.schemas.avro.JobRecord;
import dev.offpeak.schemas.avro.JobStateName;
import dev.offpeak.schemas.avro.SealedBatch;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is recorded of a job at once, all or nothing.
 *
 * @param batchId whose it is
 * @param record for llm.jobs; null deletes what is there
 * @param ended for llm.completions, when the job has ended
 * @param resealed for llm.batches: what is submitted again
 */
public record JobEntry(
    String batchId,
    @Nullable JobRecord record,
    @Nullable JobEnded ended,
    List<SealedBatch> resealed)
    implements JobLedgerEntry {

  /** A job's state. */
  public static JobEntry of(KnownJob job) {
    return new JobEntry(job.place().batchId(), JobRecords.of(job), null, List.of());
  }

  /** A job's end, with the batches that hold what it did not settle. */
  public static JobEntry of(KnownJob job, Ended ended, List<SealedBatch> resealed) {
    List<String> ids = resealed.stream().map(SealedBatch::getBatchId).toList();
    return new JobEntry(
        job.place().batchId(), JobRecords.of(job), EndRecords.of(job, ended, ids), resealed);
  }

  /** A job that ended so long ago that its batch has expired from llm.batches. */
  public static JobEntry forgotten(String batchId) {
    return new JobEntry(batchId, null, null, List.of());
  }

  /** Whether it says what is about to be done, and not what was done. */
  boolean isIntent() {
    return record != null
        && (record.getState() == JobStateName.UPLOADING
            || record.getState() == JobStateName.CREATING);
  }
}
