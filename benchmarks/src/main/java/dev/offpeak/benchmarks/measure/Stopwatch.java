package dev.offpeak.benchmarks.measure;

/** Seconds on the monotonic clock. */
public final class Stopwatch {

  private static final double NANOS_PER_SECOND = 1e9;

  private final long start = System.nanoTime();

  private Stopwatch() {}

  /** A watch that runs from now on. */
  public static Stopwatch started() {
    return new Stopwatch();
  }

  /** Since the start. */
  public double seconds() {
    return (System.nanoTime() - start) / NANOS_PER_SECOND;
  }
}
