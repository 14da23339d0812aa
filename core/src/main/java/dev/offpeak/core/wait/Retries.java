package dev.offpeak.core.wait;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How somebody tries again.
 *
 * @param backoff how long it waits
 * @param random for the jitter; used from all threads that do
 * @param listener where it says why
 */
public record Retries(Backoff backoff, RandomGenerator random, Listener listener) {

  /** Told what waits. May be called from any thread. */
  @FunctionalInterface
  public interface Listener {

    /**
     * Work waits before it is tried again.
     *
     * @param tries that have failed so far, in a row
     */
    void waits(String work, RetryLater why, int tries, Duration wait);

    /** That work goes on, is done or was given up. */
    default void goesOn(String work) {}
  }
}
