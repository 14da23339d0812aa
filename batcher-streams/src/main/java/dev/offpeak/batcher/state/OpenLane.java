package dev.offpeak.batcher.state;

import dev.offpeak.core.seal.OpenBatch;
import dev.offpeak.core.seal.PositionRuns;
import org.apache.kafka.common.utils.Bytes;

/**
 * The open batch of one lane as it stands in memory, a copy of what the store holds. Not
 * thread-safe.
 */
public final class OpenLane {

  private final Bytes lane;
  private final PositionRuns runs;
  private OpenBatch batch;
  private int segments;

  OpenLane(Bytes lane, OpenBatch batch, PositionRuns runs, int segments) {
    this.lane = lane;
    this.batch = batch;
    this.runs = runs;
    this.segments = segments;
  }

  /** The lane's id. */
  public Bytes lane() {
    return lane;
  }

  /** The sums of its requests. */
  public OpenBatch batch() {
    return batch;
  }

  /** Takes one request more. */
  void append(OpenBatch withRequest, long offset) {
    batch = withRequest;
    runs.append(offset);
  }

  PositionRuns runs() {
    return runs;
  }

  /** Segments of positions that stand in records of their own. */
  int segments() {
    return segments;
  }

  void addSegment() {
    segments++;
  }
}
