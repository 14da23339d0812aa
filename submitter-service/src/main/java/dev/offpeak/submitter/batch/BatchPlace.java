package dev.offpeak.submitter.batch;

import dev.offpeak.core.control.ControlState;
import dev.offpeak.core.lane.Lane;
import dev.offpeak.core.quota.WaitingBatch;
import dev.offpeak.provider.BatchFormat;
import dev.offpeak.schemas.avro.SealedBatch;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of a sealed batch: where its manifest stands in llm.batches, and what the quota asks
 * about it. Ten thousand of them are normal, so the positions are not among it.
 *
 * @param partition of llm.batches
 * @param offset in that partition
 * @param scope quota scope
 * @param bytes exact size of the input file in its provider's usual format
 * @param tokens input tokens, as the batcher estimated them
 * @param deadline the earliest of its requests, if any has one
 */
public record BatchPlace(
    String batchId,
    int partition,
    long offset,
    String scope,
    Lane lane,
    int requests,
    long bytes,
    long tokens,
    @Nullable Instant deadline,
    Instant sealedAt) {

  /** The place of a batch that was read there. */
  public static BatchPlace of(int partition, long offset, SealedBatch batch) {
    return new BatchPlace(
        batch.getBatchId(),
        partition,
        offset,
        batch.getScope(),
        Lane.parse(batch.getLane()),
        batch.getRequests(),
        batch.getBytes(),
        batch.getEstimatedTokens(),
        batch.getDeadline(),
        batch.getSealedAt());
  }

  /**
   * Exact size of the input file in that format. {@link #bytes} is of the provider's usual one,
   * from which a server may differ by the same number of bytes in each line.
   */
  public long bytesIn(BatchFormat format) {
    int more = format.lineOverhead(lane) - format.usual().lineOverhead(lane);
    return bytes + (long) more * requests;
  }

  /** Whether an operator has cancelled it. */
  public boolean isCancelled(ControlState control) {
    return control.cancelledAt(batchId, lane, sealedAt) != null;
  }

  /**
   * As the quota sees it.
   *
   * @param inputTokens as the quota estimates them
   */
  public WaitingBatch waiting(long inputTokens) {
    return new WaitingBatch(batchId, requests, inputTokens, deadline, sealedAt);
  }
}
