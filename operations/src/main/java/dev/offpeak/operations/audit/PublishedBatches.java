package dev.offpeak.operations.audit;

import dev.offpeak.core.audit.PositionMarks;
import dev.offpeak.core.seal.Manifest;
import dev.offpeak.schemas.avro.InvalidLine;
import dev.offpeak.schemas.avro.JobEnded;
import dev.offpeak.schemas.avro.SealedBatch;
import dev.offpeak.schemas.record.SealedManifest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Batches whose outcomes are all published, as results-service's committed offsets say, and so the
 * positions of which nothing more is to come. Keeps a few dozen bytes of each batch.
 */
final class PublishedBatches {

  private record Place(int partition, long offset) {}

  /** Indexes that were published; null when all were. */
  private record Extent(int @org.jspecify.annotations.Nullable [] indexes) {}

  private final Map<Place, Extent> batches = new HashMap<>();

  /** A job that is published. */
  void add(JobEnded job) {
    Place place = new Place(job.getBatchPartition(), job.getBatchOffset());
    batches.put(place, new Extent(job.getResealedAs().isEmpty() ? null : refused(job)));
  }

  /** The others were sealed again: only the refused lines got their outcome from this job. */
  private static int[] refused(JobEnded job) {
    List<InvalidLine> lines = job.getInvalidLines();
    return lines.stream().mapToInt(InvalidLine::getIndex).toArray();
  }

  /** Marks the positions of a batch that stands at that place, if it is published. */
  void mark(int partition, long offset, SealedBatch batch, PositionMarks positions) {
    Extent extent = batches.get(new Place(partition, offset));
    if (extent == null) {
      return;
    }
    int[] indexes = extent.indexes();
    if (indexes == null) {
      markAll(batch, positions);
      return;
    }
    Manifest manifest = SealedManifest.of(batch);
    for (int index : indexes) {
      positions.published(manifest.partition(), manifest.offset(index));
    }
  }

  /** Marks all positions of a batch. */
  static void markAll(SealedBatch batch, PositionMarks positions) {
    Manifest manifest = SealedManifest.of(batch);
    manifest.offsets().forEach(at -> positions.published(manifest.partition(), at));
  }
}
