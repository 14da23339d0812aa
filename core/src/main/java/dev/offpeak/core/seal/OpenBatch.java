package dev.offpeak.core.seal;

/**
 * Requests of one lane that wait for company, as sums; which ones they are stands beside it in a
 * {@link PositionRuns}. Times are milliseconds since the epoch.
 *
 * @param requests how many
 * @param bytes exact size of the input file, were it written now
 * @param inputs embedding inputs
 * @param tokens estimated input tokens
 * @param openedAt when the first joined, by the assembler's clock
 * @param deadline the earliest of its requests, or {@link #NO_DEADLINE}
 * @param earliest record time of its oldest request
 * @param latest record time of its youngest request
 */
public record OpenBatch(
    int requests,
    long bytes,
    long inputs,
    long tokens,
    long openedAt,
    long deadline,
    long earliest,
    long latest) {

  /** No request of the batch has a deadline. */
  public static final long NO_DEADLINE = Long.MAX_VALUE;

  /** An empty batch, opened for a first request. */
  public static OpenBatch opened(BatchLimits limits, long now) {
    return new OpenBatch(
        0, limits.frame().fileOverhead(), 0, 0, now, NO_DEADLINE, Long.MAX_VALUE, Long.MIN_VALUE);
  }

  /** The batch with one request more. */
  public OpenBatch append(BatchLimits limits, Candidate next) {
    return new OpenBatch(
        requests + 1,
        bytes + limits.addedBytes(requests, next),
        inputs + next.inputs(),
        tokens + next.tokens(),
        openedAt,
        Math.min(deadline, next.deadline()),
        Math.min(earliest, next.requestedAt()),
        Math.max(latest, next.requestedAt()));
  }

  /**
   * The batch with one of its requests less. Sums are exact; times stay as they were, so that what
   * is left is sealed no later than it would have been.
   */
  public OpenBatch without(BatchLimits limits, Candidate member) {
    return new OpenBatch(
        requests - 1,
        bytes - limits.addedBytes(requests - 1, member),
        inputs - member.inputs(),
        tokens - member.tokens(),
        openedAt,
        deadline,
        earliest,
        latest);
  }
}
