package dev.offpeak.results.urgent;

import dev.offpeak.core.lane.Lane;
import dev.offpeak.core.lane.Position;
import dev.offpeak.core.lane.Provider;
import dev.offpeak.core.seal.Manifest;
import dev.offpeak.results.shared.outcome.JobFacts;
import dev.offpeak.schemas.avro.SealedBatch;
import dev.offpeak.schemas.avro.UsageMode;
import dev.offpeak.schemas.record.SealedManifest;
import java.time.Instant;

/**
 * A request that is to be called, as it stands in llm.urgent.
 *
 * @param offset of its record there
 * @param lanePartition where its payload is in llm.lanes
 * @param laneOffset where its payload is in llm.lanes
 * @param deadline after which nobody has use of the answer
 */
record UrgentRequest(
    long offset, SealedBatch batch, int lanePartition, long laneOffset, Instant deadline) {

  /**
   * The request of a batch of one.
   *
   * @throws IllegalArgumentException when the batch is not of one, has no deadline, or says what no
   *     batch of ours says
   */
  static UrgentRequest of(long offset, SealedBatch batch) {
    Instant deadline = batch.getDeadline();
    if (deadline == null || batch.getRequests() != 1) {
      throw new IllegalArgumentException(
          "batch "
              + batch.getBatchId()
              + " of llm.urgent has the deadline "
              + deadline
              + " and "
              + batch.getRequests()
              + " requests; it must have one of each");
    }
    Manifest manifest = SealedManifest.of(batch);
    // Whatever is asked of it later must be there to be told.
    var _ = new Position(manifest.partition(), manifest.offset(0)).providerId();
    if (!batch.getProvider().equals(Lane.parse(batch.getLane()).provider().id())) {
      throw new IllegalArgumentException(
          "batch " + batch.getBatchId() + " is of another provider than its lane");
    }
    return new UrgentRequest(offset, batch, manifest.partition(), manifest.offset(0), deadline);
  }

  /** What the provider would call it in a batch. */
  String providerId() {
    return new Position(lanePartition, laneOffset).providerId();
  }

  String account() {
    return batch.getAccount();
  }

  /** What its outcome says of it. */
  JobFacts facts(Instant endedAt) {
    return new JobFacts(
        batch.getBatchId(),
        null,
        Provider.of(batch.getProvider()),
        batch.getAccount(),
        batch.getEndpoint(),
        batch.getLane(),
        lanePartition,
        null,
        endedAt,
        UsageMode.SYNC);
  }
}
