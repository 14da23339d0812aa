package dev.offpeak.core.wait;

import java.time.Duration;

/** Lets the current thread wait. Whoever waits takes one as a constructor parameter. */
@FunctionalInterface
public interface Sleeper {

  /**
   * Waits for the given time; returns at once when it is zero or negative.
   *
   * @throws InterruptedException when the thread is told to stop, which ends the wait early
   */
  void sleep(Duration duration) throws InterruptedException;

  /** The one that really waits. */
  static Sleeper system() {
    return Thread::sleep;
  }
}
