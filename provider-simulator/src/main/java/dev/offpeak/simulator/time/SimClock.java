package dev.offpeak.simulator.time;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The time the simulator lives in. It runs {@code speed} times as fast as the clock below it and
 * can be advanced by hand, but never goes back: after a restart it starts no earlier than the
 * latest time it is told of with {@link #notBefore(long)}.
 */
public final class SimClock {
  private final Clock real;
  private final double speed;
  private final long startedAt;
  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
  private volatile long offset;

  /**
   * @param real the clock below, in real time
   * @param speed simulated seconds per real second, above 0
   */
  public SimClock(Clock real, double speed) {
    if (!(speed > 0)) {
      throw new IllegalArgumentException("speed is " + speed + "; it must be above 0");
    }
    this.real = real;
    this.speed = speed;
    this.startedAt = real.millis();
  }

  /** Now, in milliseconds since the epoch. */
  public long millis() {
    return startedAt + offset + (long) ((real.millis() - startedAt) * speed);
  }

  /** Now, in whole seconds since the epoch. */
  public long seconds() {
    return Math.floorDiv(millis(), 1000L);
  }

  /** Now, as an instant of millisecond precision. */
  public Instant now() {
    return Instant.ofEpochMilli(millis());
  }

  /** Real milliseconds until the given simulated time, 0 when it is past. */
  public long realMillisUntil(long millis) {
    double left = millis - millis();
    if (left <= 0) {
      return 0;
    }
    return (long) Math.min(Math.ceil(left / speed), (double) Duration.ofDays(1).toMillis());
  }

  /** Moves the clock ahead at once and wakes whoever waits for it. */
  public synchronized void advance(Duration by) {
    if (by.isNegative()) {
      throw new IllegalArgumentException("The clock cannot go back by " + by.negated());
    }
    offset += by.toMillis();
    listeners.forEach(Runnable::run);
  }

  /** Moves the clock ahead to the given time when it is not there yet. */
  public synchronized void notBefore(long millis) {
    offset += Math.max(0, millis - millis());
  }

  /** Has the listener called after each {@link #advance}. */
  public void onAdvance(Runnable listener) {
    listeners.add(listener);
  }
}
