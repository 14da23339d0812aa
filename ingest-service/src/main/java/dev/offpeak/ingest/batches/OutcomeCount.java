package dev.offpeak.ingest.batches;

import dev.offpeak.schemas.avro.GatewayBatch;
import dev.offpeak.schemas.avro.Tokens;
import java.util.BitSet;

/** The outcomes of one batch so far; one that is read again counts once. */
final class OutcomeCount {

  private final BitSet seen = new BitSet();
  private long completed;
  private long failed;
  private Tokens tokens = new Tokens(0L, 0L, 0L, 0L, 0L);

  void add(int line, Outcome outcome) {
    if (seen.get(line)) {
      return;
    }
    seen.set(line);
    if (outcome.isFailure()) {
      failed++;
    } else {
      completed++;
    }
    if (outcome instanceof Outcome.Answered(var result)) {
      tokens = sum(tokens, result.getUsage());
    }
  }

  private static Tokens sum(Tokens one, Tokens other) {
    return new Tokens(
        one.getInput() + other.getInput(),
        one.getCachedInput() + other.getCachedInput(),
        one.getCacheWrite() + other.getCacheWrite(),
        one.getOutput() + other.getOutput(),
        one.getReasoning() + other.getReasoning());
  }

  long done() {
    return completed + failed;
  }

  /** Whether a batch says less than this. */
  boolean isNewsFor(GatewayBatch batch) {
    return batch.getCompleted() != completed || batch.getFailed() != failed;
  }

  /** Has the batch say it. */
  GatewayBatch.Builder into(GatewayBatch.Builder batch) {
    return batch.setCompleted(completed).setFailed(failed).setTokens(tokens);
  }
}
