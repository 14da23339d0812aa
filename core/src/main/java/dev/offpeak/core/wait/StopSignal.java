package dev.offpeak.core.wait;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;

/**
 * Tells the threads of some work to stop, at the next point where they can. Only a thread that
 * waits is interrupted: an interrupt in the middle of a transaction would break more than it ends.
 */
public final class StopSignal implements Sleeper {

  /** Something to wait for. */
  @FunctionalInterface
  public interface Wait<T> {

    /** Blocks until it is there. */
    T get() throws InterruptedException;
  }

  private final Sleeper sleeper;
  private final Object lock = new Object();
  private final Set<Thread> waiting = new HashSet<>();
  private volatile boolean stopped;

  /** Not stopped. */
  public StopSignal(Sleeper sleeper) {
    this.sleeper = sleeper;
  }

  /** Asks to stop; whoever waits is woken, and nobody waits later. */
  public void stop() {
    synchronized (lock) {
      stopped = true;
      waiting.forEach(Thread::interrupt);
    }
  }

  /** Whether it was asked to. */
  public boolean isStopped() {
    return stopped;
  }

  /**
   * Goes on unless asked to stop.
   *
   * @throws InterruptedException when asked to stop
   */
  public void check() throws InterruptedException {
    if (stopped) {
      throw new InterruptedException("told to stop");
    }
  }

  /**
   * Waits for something. What was got is not lost when the signal comes at the same moment.
   *
   * @throws InterruptedException when asked to stop before or meanwhile
   */
  public <T> T await(Wait<T> wait) throws InterruptedException {
    synchronized (lock) {
      check();
      waiting.add(Thread.currentThread());
    }
    try {
      return wait.get();
    } finally {
      synchronized (lock) {
        waiting.remove(Thread.currentThread());
        if (stopped) {
          // The signal is kept in the flag; the thread must stay usable to put things in order.
          Thread.interrupted();
        }
      }
    }
  }

  /**
   * Waits for that time.
   *
   * @throws InterruptedException when asked to stop before or meanwhile
   */
  @Override
  public void sleep(Duration duration) throws InterruptedException {
    await(
        () -> {
          sleeper.sleep(duration);
          return duration;
        });
    check();
  }
}
