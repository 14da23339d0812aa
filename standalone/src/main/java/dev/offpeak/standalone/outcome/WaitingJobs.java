package dev.offpeak.standalone.outcome;

import dev.offpeak.runtime.health.Waiting;
import dev.offpeak.schemas.avro.JobRecord;
import dev.offpeak.schemas.avro.JobStateName;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Jobs that wait, and for what. A job that tries again is in trouble still, until it has come
 * further than ever before or its provider has answered about it: otherwise one that is refused
 * again and again would seem to move.
 */
final class WaitingJobs {

  private final Map<String, JobStateName> furthest = new HashMap<>();
  private final Map<String, Waiting> byBatch = new HashMap<>();

  void note(JobRecord job) {
    String batchId = job.getBatchId();
    JobStateName before = furthest.get(batchId);
    boolean isFurther = before == null || job.getState().compareTo(before) > 0;
    if (isFurther) {
      furthest.put(batchId, job.getState());
    }
    String problem = job.getProblem();
    Waiting was = byBatch.get(batchId);
    if (job.getState() == JobStateName.ENDED) {
      byBatch.remove(batchId);
    } else if (problem != null) {
      byBatch.put(batchId, new Waiting("batch " + batchId, problem, job.getSince(), until(job)));
    } else if (isFurther || job.getState() == JobStateName.SUBMITTED) {
      byBatch.remove(batchId);
    } else if (was != null) {
      byBatch.put(batchId, new Waiting(was.work(), was.reason(), was.since(), null));
    }
  }

  /** A create in doubt is searched on after its input file was deleted. */
  private static @Nullable Instant until(JobRecord job) {
    boolean firstSearch =
        job.getState() == JobStateName.CREATING
            && job.getInputFileId() != null
            && !job.getInputFileBurnt();
    return firstSearch ? null : job.getNotBefore();
  }

  /** What that job waits for, or null when it goes on. */
  @Nullable Waiting of(JobRecord job) {
    return byBatch.get(job.getBatchId());
  }

  /** All that is waited for, oldest first. */
  List<Waiting> all() {
    return byBatch.values().stream().sorted(Comparator.comparing(Waiting::since)).toList();
  }
}
