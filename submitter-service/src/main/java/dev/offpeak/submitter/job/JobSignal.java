package dev.offpeak.submitter.job;

import dev.offpeak.core.wait.Sleeper;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How others reach the thread of a job: to stop it where it can stop, or to tell it that there is
 * news. Only a thread that waits is interrupted, never one in the middle of a call.
 */
public final class JobSignal {

  private final Sleeper sleeper;
  private final Object lock = new Object();
  private @Nullable Thread waiting;
  private boolean news;
  private boolean stopped;
  private boolean poked;

  JobSignal(Sleeper sleeper) {
    this.sleeper = sleeper;
  }

  /** The job is to be left as it is, at the next point where that is possible. */
  public void stop() {
    synchronized (lock) {
      stopped = true;
      poke();
    }
  }

  /** The job is to be looked at now. */
  public void wake() {
    synchronized (lock) {
      news = true;
      poke();
    }
  }

  private void poke() {
    if (waiting != null) {
      poked = true;
      waiting.interrupt();
    }
  }

  /**
   * Goes on unless told to stop.
   *
   * @throws InterruptedException when told to stop
   */
  void check() throws InterruptedException {
    synchronized (lock) {
      if (stopped) {
        throw new InterruptedException("told to stop");
      }
    }
  }

  /**
   * Waits that long, or until there is news.
   *
   * @throws InterruptedException when told to stop, or interrupted
   */
  void await(Duration duration) throws InterruptedException {
    synchronized (lock) {
      check();
      if (news) {
        news = false;
        return;
      }
      waiting = Thread.currentThread();
    }
    InterruptedException interrupt = null;
    try {
      sleeper.sleep(duration);
    } catch (InterruptedException e) {
      interrupt = e;
    }
    synchronized (lock) {
      waiting = null;
      news = false;
      if (poked) {
        poked = false;
        // The poke may have come just after the sleep was over.
        var _ = Thread.interrupted();
      } else if (interrupt != null) {
        throw interrupt;
      }
      check();
    }
  }
}
