package dev.offpeak.simulator.time;

import java.util.concurrent.TimeUnit;

/** Waits in real time. */
@FunctionalInterface
public interface Sleeper {
  /** Waits that many milliseconds, or less when the thread is interrupted. */
  void sleep(long millis);

  /** The one that really waits. */
  static Sleeper system() {
    return millis -> {
      try {
        TimeUnit.MILLISECONDS.sleep(millis);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    };
  }
}
