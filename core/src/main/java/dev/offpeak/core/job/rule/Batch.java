package dev.offpeak.core.job.rule;

/**
 * What the rules need to know of a batch.
 *
 * @param requests number of requests
 * @param generation how often its requests were sealed again after a failed job, 0 for a batch from
 *     the batcher
 */
public record Batch(int requests, int generation) {

  /**
   * Halving {@code 2^8} times narrows a bad line among 50,000 down to 195 requests with 16 jobs
   * more, and costs 511 jobs when every line is bad. Those 195 are then tried again as requests.
   */
  static final int MOST_GENERATIONS = 8;
}
