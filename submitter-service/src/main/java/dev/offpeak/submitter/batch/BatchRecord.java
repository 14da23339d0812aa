package dev.offpeak.submitter.batch;

import dev.offpeak.core.lane.Lane;
import dev.offpeak.core.lane.Provider;
import dev.offpeak.core.lane.QuotaScope;
import dev.offpeak.schemas.avro.SealedBatch;
import dev.offpeak.schemas.record.SealedManifest;

/** A record of llm.batches, as far as it can be worked with. */
public sealed interface BatchRecord {

  /** Where it stands, and what is kept of it. */
  BatchPlace place();

  /** A batch. */
  record Good(BatchPlace place) implements BatchRecord {}

  /**
   * A batch that can't be submitted, of which it is known whose requests it holds: they fail.
   *
   * @param reason what is wrong with it
   */
  record Broken(BatchPlace place, String reason) implements BatchRecord {}

  /** Longer ids are none of ours, and go into names at providers. */
  int LONGEST_ID = 200;

  /**
   * Looks at everything that is relied on later.
   *
   * @throws IllegalArgumentException when it is not even known whose requests it holds
   */
  static BatchRecord of(int partition, long offset, SealedBatch batch) {
    String id = batch.getBatchId();
    if (id.isEmpty() || id.length() > LONGEST_ID || !id.chars().allMatch(BatchRecord::isOfAnId)) {
      throw new IllegalArgumentException("its batch id is none");
    }
    SealedManifest.of(batch);
    try {
      BatchPlace place = BatchPlace.of(partition, offset, batch);
      QuotaScope.parse(place.scope());
      require(batch.getLanePartition() >= 0, "its lane partition is negative");
      require(place.requests() > 0, "it holds no request");
      require(place.bytes() > 0, "it says that its file has " + place.bytes() + " bytes");
      require(place.tokens() >= 0, "it says that it has " + place.tokens() + " tokens");
      return new Good(place);
    } catch (IllegalArgumentException e) {
      return new Broken(standIn(partition, offset, batch), String.valueOf(e.getMessage()));
    }
  }

  private static boolean isOfAnId(int c) {
    return (c >= '0' && c <= '9')
        || (c >= 'A' && c <= 'Z')
        || (c >= 'a' && c <= 'z')
        || c == '.'
        || c == '-'
        || c == '_';
  }

  private static void require(boolean condition, String otherwise) {
    if (!condition) {
      throw new IllegalArgumentException(otherwise);
    }
  }

  /** What its requests fail under, from the fields that say the lane once more. */
  private static BatchPlace standIn(int partition, long offset, SealedBatch batch) {
    Lane lane =
        Lane.of(
            Provider.of(batch.getProvider()),
            batch.getAccount(),
            batch.getEndpoint(),
            batch.getModel());
    return new BatchPlace(
        batch.getBatchId(),
        partition,
        offset,
        lane.scope(),
        lane,
        batch.getRequests(),
        Math.max(1, batch.getBytes()),
        Math.max(0, batch.getEstimatedTokens()),
        batch.getDeadline(),
        batch.getSealedAt());
  }
}
