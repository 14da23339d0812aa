package dev.offpeak.submitter.job;

import dev.offpeak.core.job.JobState.Ended;
import dev.offpeak.core.lane.Lane;
import dev.offpeak.core.provider.ProviderError.BadLine;
import dev.offpeak.core.seal.Manifest;
import dev.offpeak.provider.BatchFormat;
import dev.offpeak.schemas.avro.SealedBatch;
import dev.offpeak.schemas.avro.SealedBecause;
import dev.offpeak.schemas.record.SealedManifest;
import dev.offpeak.submitter.payload.LanePayload;
import dev.offpeak.submitter.payload.LanePayloads;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Seals again what a failed job did not settle. The new batches' ids are the old one's with a
 * number behind it, so that they tell where they come from and how often that has happened.
 */
final class Reseals {

  private final LanePayloads payloads;
  private final BatchFormat format;

  /** Seals what is measured in that format. */
  Reseals(LanePayloads payloads, BatchFormat format) {
    this.payloads = payloads;
    this.format = format;
  }

  /** How often the requests of that batch were sealed again. */
  static int generation(String batchId) {
    return (int) batchId.chars().filter(c -> c == '.').count();
  }

  /**
   * The new batches.
   *
   * @throws IOException when requests can't be read, whose sizes are needed
   */
  List<SealedBatch> of(SealedBatch old, Ended ended, Instant now)
      throws IOException, InterruptedException {
    Manifest all = SealedManifest.of(old);
    List<SealedBatch> batches = new ArrayList<>();
    for (Manifest part : parts(all, ended)) {
      batches.add(seal(old, part, batches.size() + 1, now));
    }
    return batches;
  }

  private static List<Manifest> parts(Manifest all, Ended ended) {
    return switch (ended.rest()) {
      case ENDS -> List.of();
      case SEALED_AGAIN -> List.of(without(all, ended.badLines()));
      case HALVED -> List.of(all.slice(0, all.size() / 2), all.slice(all.size() / 2, all.size()));
    };
  }

  private static Manifest without(Manifest all, List<BadLine> bad) {
    BitSet left = new BitSet(all.size());
    bad.forEach(line -> left.set(line.index()));
    return Manifest.of(
        all.partition(),
        IntStream.range(0, all.size())
            .filter(index -> !left.get(index))
            .mapToLong(all::offset)
            .toArray());
  }

  private SealedBatch seal(SealedBatch old, Manifest part, int number, Instant now)
      throws IOException, InterruptedException {
    long bytes = measure(Lane.parse(old.getLane()), part);
    double share = (double) bytes / Math.max(1, old.getBytes());
    return SealedBatch.newBuilder(old)
        .setBatchId(old.getBatchId() + "." + number)
        .setPositions(ByteBuffer.wrap(part.encode()))
        .setRequests(part.size())
        .setBytes(bytes)
        .setEstimatedTokens((long) Math.ceil(old.getEstimatedTokens() * share))
        .setReason(SealedBecause.RESEALED)
        .setSealedAt(now)
        .setResealedFrom(old.getBatchId())
        .build();
  }

  /** Writes the file to nowhere, and counts. */
  private long measure(Lane lane, Manifest part) throws IOException, InterruptedException {
    Counter counter = new Counter();
    try (LanePayload payload = payloads.of(lane, part, 0, format)) {
      payload.writeTo(counter);
    }
    return counter.bytes;
  }

  private static final class Counter extends OutputStream {
    private long bytes;

    @Override
    public void write(int b) {
      bytes++;
    }

    @Override
    public void write(byte[] b, int off, int len) {
      bytes += len;
    }
  }
}
