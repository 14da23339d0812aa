package dev.offpeak.provider.http;

import dev.offpeak.provider.account.Timeouts;
import java.time.Duration;

/**
 * Whether the other side of a transfer is too slow. Only the time that we wait for it counts, so
 * that a reader or writer of ours that takes its time is not held against it.
 */
final class Pace {

  private final Duration window;
  private final long leastBytes;
  private long waitedNanos;
  private long bytes;

  /**
   * Judges at the end of each window of waiting.
   *
   * @param slowest bytes a second
   */
  Pace(Duration window, long slowest) {
    this.window = window;
    double least = slowest * (window.toNanos() / 1e9);
    this.leastBytes = least >= Long.MAX_VALUE ? Long.MAX_VALUE : (long) least;
  }

  /** For one transfer. */
  static Pace of(Timeouts timeouts) {
    return new Pace(timeouts.idle(), timeouts.slowest().bytes());
  }

  /** The longest time without a byte. */
  Duration window() {
    return window;
  }

  /**
   * So many bytes came after so much waiting.
   *
   * @return whether that makes a window in which too little came
   */
  boolean isTooSlow(long nanos, long came) {
    waitedNanos += nanos;
    bytes += came;
    if (waitedNanos < window.toNanos()) {
      return false;
    }
    boolean slow = bytes < leastBytes;
    waitedNanos = 0;
    bytes = 0;
    return slow;
  }

  /** What the rule is, for a message. */
  @Override
  public String toString() {
    return "fewer than " + leastBytes + " bytes within " + window.toSeconds() + " s";
  }
}
