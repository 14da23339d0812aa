package dev.offpeak.ingest.batches;

import dev.offpeak.ingest.files.FileStore;
import dev.offpeak.ingest.objects.ObjectIds;
import dev.offpeak.schemas.avro.GatewayBatch;
import dev.offpeak.schemas.avro.GatewayBatchStatus;
import dev.offpeak.schemas.avro.GatewayFile;
import dev.offpeak.schemas.avro.GatewayObject;
import dev.offpeak.schemas.avro.GatewayOrigin;
import dev.offpeak.schemas.reading.TopicTail;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Makes the output and the error file of a batch, and what the batch is with them. Safe from any
 * thread.
 *
 * @param tails makes readers of committed records
 */
record Finishing(
    FileStore files,
    ObjectIds ids,
    BatchInput input,
    Supplier<TopicTail> tails,
    OutcomeTail.Ends ends,
    OutcomeTopics outcomes,
    Clock clock) {

  private static final long USUAL_LIFE = Duration.ofDays(30).toSeconds();

  /** A batch in the end, with its files. */
  record Finished(
      GatewayBatch.Builder batch, @Nullable GatewayObject output, @Nullable GatewayObject errors) {}

  /** Of a small batch that ran to its end, whose outcomes are at hand. */
  Finished of(GatewayObject object, GatewayBatch batch, List<OutcomeCount.Kept> kept)
      throws IOException, InterruptedException {
    try (OutputFiles made = new OutputFiles(object.getId(), batch.getLines(), files, null)) {
      made.write(kept);
      return finished(object, batch, made, GatewayBatchStatus.COMPLETED);
    }
  }

  /**
   * Of any batch, by reading its outcomes again.
   *
   * @param ending why it ends before its time; null when it does not
   */
  Finished of(GatewayObject object, GatewayBatch batch, @Nullable Ending ending)
      throws IOException, InterruptedException {
    try (OutputFiles made = new OutputFiles(object.getId(), batch.getLines(), files, ending)) {
      try (TopicTail tail = tails.get()) {
        made.readOutcomes(tail, outcomes, ends, batch.getOutcomesFrom());
      }
      boolean isWhole = made.isWhole();
      if (!isWhole && batch.getOrigin() != GatewayOrigin.LINES) {
        writeRest(object, batch, made);
      }
      // What was all executed before its window was over did not expire.
      return finished(
          object,
          batch,
          made,
          ending == null || (ending == Ending.EXPIRED && isWhole)
              ? GatewayBatchStatus.COMPLETED
              : ending.status());
    }
  }

  private void writeRest(GatewayObject object, GatewayBatch batch, OutputFiles made)
      throws IOException, InterruptedException {
    Optional<InputStream> file = input.open(object, batch);
    if (file.isPresent()) {
      try (InputStream in = file.get()) {
        made.writeRest(in, input.lineLimit(), input.check(object, batch));
      }
    }
  }

  private Finished finished(
      GatewayObject object, GatewayBatch batch, OutputFiles made, GatewayBatchStatus status)
      throws IOException, InterruptedException {
    GatewayObject output = file(object, batch, "output", made.output());
    GatewayObject errors = file(object, batch, "error", made.errors());
    long rest = batch.getLines() - batch.getCompleted() - batch.getFailed() - batch.getDuplicates();
    return new Finished(
        GatewayBatch.newBuilder(batch)
            .setStatus(status)
            .setFailed(batch.getFailed() + rest)
            .setCancelled(cancelled(batch, status, rest))
            .setExpired(expired(batch, status, rest))
            .setOutputFileId(output == null ? null : output.getId())
            .setErrorFileId(errors == null ? null : errors.getId())
            .setEndedAt(clock.instant()),
        output,
        errors);
  }

  private static long cancelled(GatewayBatch batch, GatewayBatchStatus status, long rest) {
    return switch (status) {
      case CANCELLED -> batch.getCancelled() + rest;
      // It was the end of the window that had them cancelled.
      case EXPIRED -> 0;
      default -> batch.getCancelled();
    };
  }

  private static long expired(GatewayBatch batch, GatewayBatchStatus status, long rest) {
    return status == GatewayBatchStatus.EXPIRED
        ? batch.getExpired() + batch.getCancelled() + rest
        : batch.getExpired();
  }

  private @Nullable GatewayObject file(
      GatewayObject object,
      GatewayBatch batch,
      String what,
      FileStore.@Nullable Finished finished) {
    if (finished == null) {
      return null;
    }
    Instant now = clock.instant();
    long life = Objects.requireNonNullElse(batch.getOutputExpiresAfter(), USUAL_LIFE);
    return GatewayObject.newBuilder()
        .setTenant(object.getTenant())
        .setId(ids.next("file-"))
        .setCreatedAt(now)
        .setObject(
            GatewayFile.newBuilder()
                .setFilename(object.getId() + "_" + what + ".jsonl")
                .setPurpose("batch_output")
                .setBytes(finished.bytes())
                .setSha256(finished.sha256())
                .setExpiresAt(now.plusSeconds(life))
                .setStored(finished.stored())
                .build())
        .build();
  }
}
