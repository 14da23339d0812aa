package dev.offpeak.runtime.http;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Whether the other side of a transfer is too slow. Only the time that we wait for it counts, so
 * that a reader or writer of ours that takes its time is not held against it. For one transfer.
 */
public final class Pace {

  private final Duration window;
  private final long leastBytes;
  private long waitedNanos;
  private long bytes;

  /** What came within a window of waiting, which was too little. */
  public record Shortfall(long bytes, Duration waited) {}

  /**
   * Judges at the end of each window of waiting.
   *
   * @param slowest bytes a second; 0 for any
   */
  public Pace(Duration window, long slowest) {
    this.window = window;
    double least = slowest * (window.toNanos() / 1e9);
    this.leastBytes = least >= Long.MAX_VALUE ? Long.MAX_VALUE : (long) least;
  }

  /** The longest time without a byte. */
  public Duration window() {
    return window;
  }

  /**
   * So many bytes came after so much waiting.
   *
   * @return what that makes too little; null while it is enough, or the window has not passed
   */
  public @Nullable Shortfall after(long nanos, long came) {
    waitedNanos += nanos;
    bytes += came;
    if (waitedNanos < window.toNanos()) {
      return null;
    }
    Shortfall slow =
        bytes < leastBytes ? new Shortfall(bytes, Duration.ofNanos(waitedNanos)) : null;
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
