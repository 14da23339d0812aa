package dev.offpeak.benchmarks.measure;

import dev.offpeak.core.wait.Sleeper;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeoutException;

/** Waits for what another thread or process does. */
public final class Wait {

  /** Short beside what is measured. */
  private static final Duration LOOK = Duration.ofMillis(10);

  /** Longer than anything takes that goes on at all. */
  public static final double MOST_SECONDS = 1800;

  private Wait() {}

  /**
   * Returns as soon as the condition holds.
   *
   * @throws TimeoutException when it does not for half an hour
   */
  public static void until(String what, Callable<Boolean> condition) throws Exception {
    Stopwatch watch = Stopwatch.started();
    while (!condition.call()) {
      if (watch.seconds() > MOST_SECONDS) {
        throw new TimeoutException("waited for half an hour until " + what);
      }
      Sleeper.system().sleep(LOOK);
    }
  }
}
