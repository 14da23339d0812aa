package dev.offpeak.results.completions.job;

import dev.offpeak.core.seal.Manifest;
import dev.offpeak.schemas.avro.InvalidLine;
import dev.offpeak.schemas.avro.JobEnded;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The requests that get their outcome from this job: all of its batch, or, when the others were
 * sealed again as new batches, those whose lines the provider refused. The same whenever it is
 * made, so that an index in it is progress.
 */
final class RequestsOfJob {

  private final Manifest manifest;
  private final Map<Long, InvalidLine> refused;

  private RequestsOfJob(Manifest manifest, Map<Long, InvalidLine> refused) {
    this.manifest = manifest;
    this.refused = refused;
  }

  static RequestsOfJob of(JobEnded job, Manifest batch) {
    Map<Long, InvalidLine> refused = new HashMap<>();
    for (InvalidLine line : job.getInvalidLines()) {
      if (line.getIndex() >= 0 && line.getIndex() < batch.size()) {
        refused.put(batch.offset(line.getIndex()), line);
      }
    }
    if (job.getResealedAs().isEmpty()) {
      return new RequestsOfJob(batch, refused);
    }
    long[] offsets = refused.keySet().stream().mapToLong(Long::longValue).sorted().toArray();
    return new RequestsOfJob(Manifest.of(batch.partition(), offsets), refused);
  }

  /** The requests, in the order in which outcomes are published. */
  Manifest manifest() {
    return manifest;
  }

  /** Why the provider refused that request's line; null when it did not. */
  @Nullable InvalidLine refusalAt(int index) {
    return refused.isEmpty() ? null : refused.get(manifest.offset(index));
  }
}
