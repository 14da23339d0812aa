package dev.offpeak.ingest.batches;

import dev.offpeak.schemas.avro.FailedAs;
import dev.offpeak.schemas.avro.GatewayBatch;
import dev.offpeak.schemas.avro.LlmFailure;
import dev.offpeak.schemas.avro.LlmResult;
import dev.offpeak.schemas.avro.Tokens;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The outcomes of one batch so far; one that is read again counts once. */
final class OutcomeCount {

  private static final int MOST_KEPT = 200;
  private static final long MOST_BYTES = 256 << 10;

  private final String batch;
  private final long lines;
  private final BitSet seen = new BitSet();
  private long completed;
  private long failed;
  private long cancelled;
  private long expired;
  private long duplicates;
  private long cost;
  private long syncCost;
  private long unpriced;
  private Tokens tokens = new Tokens(0L, 0L, 0L, 0L, 0L, 0L);
  private @Nullable List<Kept> kept = new ArrayList<>();
  private long keptBytes;

  /** An outcome as a line of an output or error file. */
  @SuppressWarnings("ArrayRecordComponent") // Never compared.
  record Kept(int line, boolean isFailure, byte[] bytes) {}

  /**
   * None yet.
   *
   * @param lines that the batch has: numbers beyond are none of its own, whoever sends them
   */
  OutcomeCount(String batch, long lines) {
    this.batch = batch;
    this.lines = lines;
  }

  void add(int line, Outcome outcome) {
    if (line >= lines || seen.get(line)) {
      return;
    }
    seen.set(line);
    switch (outcome) {
      case Outcome.Duplicate _ -> duplicates++;
      case Outcome.Answered(LlmResult result) -> {
        completed++;
        add(result);
      }
      case Outcome.Failed(LlmFailure failure) -> {
        failed++;
        cancelled += failure.getOutcome() == FailedAs.CANCELED ? 1 : 0;
        expired += failure.getOutcome() == FailedAs.EXPIRED ? 1 : 0;
      }
      default -> {
        failed += outcome.isFailure() ? 1 : 0;
        completed += outcome.isFailure() ? 0 : 1;
        unpriced += outcome.isFailure() ? 0 : 1;
      }
    }
    keep(line, outcome);
  }

  private void add(LlmResult result) {
    tokens = sum(tokens, result.getUsage());
    Long paid = result.getCostPicoUsd();
    Long otherwise = result.getSyncCostPicoUsd();
    if (paid == null || otherwise == null) {
      unpriced++;
    } else {
      cost += paid;
      syncCost += otherwise;
    }
  }

  /** Small batches have their files made of what is kept here, and need not be read again. */
  private void keep(int line, Outcome outcome) {
    List<Kept> all = kept;
    if (all == null) {
      return;
    }
    byte[] bytes = OutputLine.of(new LineKey(batch, line), outcome, null);
    keptBytes += bytes.length;
    if (all.size() == MOST_KEPT || keptBytes > MOST_BYTES) {
      kept = null;
    } else {
      all.add(new Kept(line, outcome.isFailure(), bytes));
    }
  }

  private static Tokens sum(Tokens one, Tokens other) {
    return new Tokens(
        one.getInput() + other.getInput(),
        one.getCachedInput() + other.getCachedInput(),
        one.getCacheWrite() + other.getCacheWrite(),
        one.getOutput() + other.getOutput(),
        one.getReasoning() + other.getReasoning(),
        one.getLongCacheWrite() + other.getLongCacheWrite());
  }

  long done() {
    return completed + failed + duplicates;
  }

  /** All that is counted, as lines; null when it is too much to be kept. */
  @Nullable List<Kept> kept() {
    return kept;
  }

  /** Whether a batch says less than this. */
  boolean isNewsFor(GatewayBatch batch) {
    return batch.getCompleted() != completed
        || batch.getFailed() != failed
        || batch.getDuplicates() != duplicates;
  }

  /** Has the batch say it. */
  GatewayBatch.Builder into(GatewayBatch.Builder batch) {
    return batch
        .setCompleted(completed)
        .setFailed(failed)
        .setCancelled(cancelled)
        .setExpired(expired)
        .setDuplicates(duplicates)
        .setTokens(tokens)
        .setCostPicoUsd(cost)
        .setSyncCostPicoUsd(syncCost)
        .setUnpriced(unpriced);
  }
}
