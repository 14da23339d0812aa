package dev.offpeak.schemas.record;

import dev.offpeak.core.seal.Manifest;
import dev.offpeak.schemas.avro.SealedBatch;
import java.nio.ByteBuffer;

/** The manifest within a record of llm.batches or llm.urgent. */
public final class SealedManifest {

  private SealedManifest() {}

  /**
   * The positions of that batch, which can be asked for again.
   *
   * @throws IllegalArgumentException when what it holds is no manifest of as many requests
   */
  public static Manifest of(SealedBatch batch) {
    ByteBuffer positions = batch.getPositions().duplicate();
    byte[] coded = new byte[positions.remaining()];
    positions.get(coded);
    return Manifest.decode(batch.getLanePartition(), coded, batch.getRequests());
  }
}
