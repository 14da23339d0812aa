package dev.offpeak.batcher.run;

import dev.offpeak.runtime.time.Sleeper;
import java.time.Duration;

/** Waiting that ends when the batcher is told to stop, in whatever thread it is. */
public final class Pauses {

  /** So soon is a stop noticed. */
  private static final Duration SLICE = Duration.ofMillis(200);

  private final Sleeper sleeper;
  private volatile boolean stopped;

  /** Waits by that sleeper. */
  public Pauses(Sleeper sleeper) {
    this.sleeper = sleeper;
  }

  /**
   * Waits for that long; returns false, early, when the batcher is told to stop.
   *
   * @throws InterruptedException when the thread is
   */
  public boolean pause(Duration wait) throws InterruptedException {
    Duration left = wait;
    while (!stopped && left.isPositive()) {
      Duration slice = left.compareTo(SLICE) < 0 ? left : SLICE;
      sleeper.sleep(slice);
      left = left.minus(slice);
    }
    return !stopped;
  }

  /** Ends every wait, now and later. */
  public void stop() {
    stopped = true;
  }
}
