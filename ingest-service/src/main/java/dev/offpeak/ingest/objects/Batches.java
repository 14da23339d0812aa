package dev.offpeak.ingest.objects;

import dev.offpeak.schemas.avro.GatewayBatch;

/** What is true of batches. */
public final class Batches {

  /** Ids of wishes to cancel stand beside those of the batches. */
  public static final String CANCEL = ".cancel";

  /** Ids of wishes to be shown no longer likewise. */
  public static final String DELETED = ".deleted";

  /** What ids of files begin with that nobody has uploaded: lines that came with a create. */
  public static final String INLINE = "inline-";

  private Batches() {}

  /** Whether nothing will change any more. */
  public static boolean isOver(GatewayBatch batch) {
    return switch (batch.getStatus()) {
      case COMPLETED, FAILED, CANCELLED, EXPIRED -> true;
      case VALIDATING, IN_PROGRESS, FINALIZING -> false;
    };
  }
}
