package dev.offpeak.testkit.time;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.PriorityQueue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** A clock in UTC that stands still until a test moves it. Safe to use from several threads. */
public final class MutableClock extends Clock {

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition moved = lock.newCondition();
  private final PriorityQueue<Instant> awaited = new PriorityQueue<>();
  private Instant now;
  private long waits;

  /** Stands at the given time. */
  public MutableClock(Instant start) {
    now = start;
  }

  /** Stands at the given time, in ISO form such as {@code 2026-01-01T00:00:00Z}. */
  public static MutableClock at(String start) {
    return new MutableClock(Instant.parse(start));
  }

  /** Moves forward, and wakes whoever waited for the new time. */
  public void advance(Duration by) {
    if (by.isNegative()) {
      throw new IllegalArgumentException("advance by " + by + ": time does not go backwards");
    }
    lock.lock();
    try {
      now = now.plus(by);
      moved.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** How many threads are waiting for a later time. */
  public int waiting() {
    lock.lock();
    try {
      return awaited.size();
    } finally {
      lock.unlock();
    }
  }

  /** How often a thread has begun to wait so far. */
  long waits() {
    lock.lock();
    try {
      return waits;
    } finally {
      lock.unlock();
    }
  }

  /** The earliest time that somebody waits for, or null when nobody does. */
  @Nullable Instant nextAwaited() {
    lock.lock();
    try {
      return awaited.peek();
    } finally {
      lock.unlock();
    }
  }

  /** Blocks until the clock has been moved to the given time or past it. */
  void awaitInstant(Instant time) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      waits++;
      awaited.add(time);
      while (now.isBefore(time)) {
        moved.await();
      }
    } finally {
      awaited.remove(time);
      lock.unlock();
    }
  }

  @Override
  public Instant instant() {
    lock.lock();
    try {
      return now;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    throw new UnsupportedOperationException("MutableClock is in UTC only, not in " + zone);
  }
}
