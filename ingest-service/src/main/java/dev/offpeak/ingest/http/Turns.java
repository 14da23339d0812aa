package dev.offpeak.ingest.http;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Who may read a body now. All bodies together are bounded, those of each key are, and a key gets
 * more than one only while the others could still have theirs: however many a few keys hold, and
 * for how long, the next key is served.
 */
public final class Turns {

  private final int most;
  private final int mostOfOne;
  private final int keys;
  private final Map<String, Integer> held = new HashMap<>();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition returned = lock.newCondition();
  private int taken;

  /**
   * @param most bodies of all keys
   * @param mostOfOne bodies of one key
   * @param keys that there are
   */
  public Turns(int most, int mostOfOne, int keys) {
    this.most = most;
    this.mostOfOne = mostOfOne;
    this.keys = keys;
  }

  /** Takes a turn for a key; false when none is free in time. */
  public boolean take(String key, Duration patience) throws InterruptedException {
    long left = patience.toNanos();
    lock.lockInterruptibly();
    try {
      while (!isFree(key)) {
        if (left <= 0) {
          return false;
        }
        left = returned.awaitNanos(left);
      }
      held.merge(key, 1, Integer::sum);
      taken++;
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** Gives one turn of a key back. */
  public void giveBack(String key) {
    lock.lock();
    try {
      held.computeIfPresent(key, (_, count) -> count == 1 ? null : count - 1);
      taken--;
      returned.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Whether a key holds as many as one may. */
  boolean isAtItsOwnLimit(String key) {
    lock.lock();
    try {
      return held.getOrDefault(key, 0) >= mostOfOne;
    } finally {
      lock.unlock();
    }
  }

  private boolean isFree(String key) {
    int own = held.getOrDefault(key, 0);
    int others = keys - held.size();
    int keptForOthers = own == 0 ? 0 : Math.min(others, most / 2);
    return own < mostOfOne && most - taken > keptForOthers;
  }
}
