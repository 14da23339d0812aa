package dev.offpeak.testkit.time;

import dev.offpeak.core.wait.Sleeper;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Does not wait: notes how long it was told to, and moves the clock by as much. */
public final class FakeSleeper implements Sleeper {

  private final MutableClock clock;
  private final List<Duration> slept = new CopyOnWriteArrayList<>();

  public FakeSleeper(MutableClock clock) {
    this.clock = clock;
  }

  @Override
  public void sleep(Duration duration) throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException("interrupted before sleeping " + duration);
    }
    slept.add(duration);
    if (duration.isPositive()) {
      clock.advance(duration);
    }
  }

  /** Every wait so far, in order. */
  public List<Duration> slept() {
    return List.copyOf(slept);
  }
}
