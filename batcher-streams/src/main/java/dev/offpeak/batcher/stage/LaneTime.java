package dev.offpeak.batcher.stage;

/**
 * The record time of a request in llm.lanes: the user's own, within the last hour. A topic's
 * retention counts from record times, so that a request replayed from an old topic with its old
 * time could be deleted before it is uploaded; and brokers refuse times far in the future.
 */
final class LaneTime {

  private static final long OLDEST = 3_600_000;

  private LaneTime() {}

  /** The time for a request of that record time, admitted now. Milliseconds since the epoch. */
  static long of(long recordTime, long now) {
    return Math.clamp(recordTime, now - OLDEST, now);
  }
}
