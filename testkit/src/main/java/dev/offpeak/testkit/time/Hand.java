package dev.offpeak.testkit.time;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Moves a clock whenever everything has come to rest. Services that live by that clock wait for
 * hours within seconds on a fast machine, and are not hurried on a slow one: while they are at work
 * their time stands still.
 *
 * <p>At rest is what shows no sign of work in several looks in a row. A look asks the services'
 * surroundings, so that it takes longer on a busy machine, as they do.
 */
public final class Hand implements AutoCloseable {

  private static final int LOOKS = 3;
  private static final long MILLIS_BETWEEN_LOOKS = 12;

  /** A number that changes when work was done, such as that of the calls to a server. */
  @FunctionalInterface
  public interface Sign {
    /** The number now. */
    long count() throws Exception;
  }

  private final MutableClock clock;
  private final Duration shortest;
  private final Duration longest;
  private final List<Sign> signs;
  private final Runnable moved;
  private final AtomicInteger holds = new AtomicInteger();
  private final Thread thread;
  private volatile boolean closed;
  private volatile @Nullable Exception trouble;
  private volatile long movedAt = System.nanoTime();

  /**
   * Starts to move the clock.
   *
   * @param shortest by how much at least, so that waits that end nearly together end together
   * @param longest by how much at most, though nobody waits for an earlier time
   * @param signs of work; that somebody began to wait for the clock is one as well
   * @param moved told after each move
   */
  public Hand(
      MutableClock clock, Duration shortest, Duration longest, List<Sign> signs, Runnable moved) {
    this.clock = clock;
    this.shortest = shortest;
    this.longest = longest;
    this.signs = List.copyOf(signs);
    this.moved = moved;
    this.thread = Thread.ofPlatform().name("hand-of-the-clock").daemon().start(this::run);
  }

  /** The clock stands still until that is closed, whatever else happens. */
  public Hold hold() {
    holds.incrementAndGet();
    return holds::decrementAndGet;
  }

  /** While it is open the clock stands still. */
  @FunctionalInterface
  public interface Hold extends AutoCloseable {
    @Override
    void close();
  }

  /**
   * Fails when the clock is moved no more: a sign could not be read, or there seems to be work, or
   * somebody holds it, for very long.
   *
   * @param longest how long it may stand still, in real time
   * @throws IllegalStateException with the reason
   */
  public void check(Duration longest) {
    Exception why = trouble;
    if (why != null) {
      throw new IllegalStateException(
          "a sign of work could not be read, so time stands still", why);
    }
    Duration still = Duration.ofNanos(System.nanoTime() - movedAt);
    if (still.compareTo(longest) > 0) {
      throw new IllegalStateException(
          "time has stood still for " + still + "; " + holds.get() + " hold it");
    }
  }

  private void run() {
    List<Long> before = List.of();
    int same = 0;
    try {
      while (!closed) {
        List<Long> now = look();
        same = now.equals(before) && holds.get() == 0 ? same + 1 : 0;
        before = now;
        if (same >= LOOKS) {
          move();
          same = 0;
        }
        TimeUnit.MILLISECONDS.sleep(MILLIS_BETWEEN_LOOKS);
      }
    } catch (InterruptedException e) {
      // Closed.
    } catch (Exception e) {
      trouble = closed ? null : e;
    }
  }

  private List<Long> look() throws Exception {
    List<Long> counts = new ArrayList<>();
    counts.add(clock.waits());
    for (Sign sign : signs) {
      counts.add(sign.count());
    }
    return counts;
  }

  private void move() {
    Instant next = clock.nextAwaited();
    Duration until = next == null ? longest : Duration.between(clock.instant(), next);
    Duration atMost = until.compareTo(longest) < 0 ? until : longest;
    clock.advance(atMost.compareTo(shortest) < 0 ? shortest : atMost);
    moved.run();
    movedAt = System.nanoTime();
  }

  @Override
  public void close() {
    closed = true;
    thread.interrupt();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
