package dev.offpeak.testkit.time;

import dev.offpeak.core.wait.Sleeper;
import java.time.Duration;

/**
 * Waits until a test has moved the clock far enough. For loops that would spin with a {@link
 * FakeSleeper}; {@link MutableClock#waiting()} says when they have come to rest.
 */
public final class WaitingSleeper implements Sleeper {

  private final MutableClock clock;

  public WaitingSleeper(MutableClock clock) {
    this.clock = clock;
  }

  @Override
  public void sleep(Duration duration) throws InterruptedException {
    clock.awaitInstant(clock.instant().plus(duration));
  }
}
