package dev.offpeak.ingest.budget;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * What one gateway has set aside for calls at once of one spender: a part that is free, a part for
 * calls under way, and for a moment what they have cost, until that is read in llm.usage. Not safe
 * for threads.
 */
final class Lease {

  private static final Duration GRACE = Duration.ofSeconds(2);

  private record Paid(Instant at, long amount) {}

  private final Deque<Paid> paid = new ArrayDeque<>();
  private long free;
  private long underWay;
  private int calls;

  /** Takes as much of what is free; false when that is not enough. */
  boolean take(long estimate) {
    if (free < estimate) {
      return false;
    }
    free -= estimate;
    underWay += estimate;
    calls++;
    return true;
  }

  /** A call for which as much was taken has ended. */
  void settle(long estimate, @Nullable Long cost, Instant now) {
    underWay -= estimate;
    calls--;
    long spent = cost == null ? 0 : cost;
    free += Math.max(0, estimate - spent);
    if (spent > 0) {
      paid.add(new Paid(now, spent));
    }
  }

  /** As much is set aside now, all in all. */
  void holds(long amount, Instant now) {
    free = Math.max(0, amount - inUse(now));
  }

  /** What is not free. */
  long inUse(Instant now) {
    while (!paid.isEmpty() && paid.getFirst().at().plus(GRACE).isBefore(now)) {
      paid.removeFirst();
    }
    return underWay + paid.stream().mapToLong(Paid::amount).sum();
  }

  /** What is set aside. */
  long amount(Instant now) {
    return inUse(now) + free;
  }

  boolean isIdle(Instant now) {
    return calls == 0 && inUse(now) == 0;
  }
}
