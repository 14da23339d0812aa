package dev.offpeak.ingest.objects;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Rings for somebody who waits for news; a ring before the wait is heard as well. */
public final class Bell {

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition rings = lock.newCondition();
  private boolean rung;

  /** There is news. Safe from any thread. */
  public void ring() {
    lock.lock();
    try {
      rung = true;
      rings.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Waits for a ring since the last wait, for at most that long. */
  public void await(Duration most) throws InterruptedException {
    long left = most.toNanos();
    lock.lockInterruptibly();
    try {
      while (!rung && left > 0) {
        left = rings.awaitNanos(left);
      }
      rung = false;
    } finally {
      lock.unlock();
    }
  }
}
