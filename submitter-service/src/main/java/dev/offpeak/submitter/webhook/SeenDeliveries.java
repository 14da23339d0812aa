package dev.offpeak.submitter.webhook;

import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Ids of webhooks that were taken, kept while a copy of one would still be within the tolerance.
 * Memory is bounded: the oldest goes when there are too many, and then a copy of it can do no more
 * than let a job be looked at once more. Thread-safe.
 */
final class SeenDeliveries {

  private final Duration kept;
  private final int most;
  private final Map<String, Instant> seen = new LinkedHashMap<>();

  /**
   * An empty memory.
   *
   * @param kept how long an id is remembered
   * @param most how many are remembered
   */
  SeenDeliveries(Duration kept, int most) {
    this.kept = kept;
    this.most = most;
  }

  /** Remembers the id; false when it was known. */
  synchronized boolean add(String id, Instant now) {
    forget(now);
    return seen.putIfAbsent(id, now) == null;
  }

  private void forget(Instant now) {
    Instant tooOld = now.minus(kept);
    Iterator<Instant> times = seen.values().iterator();
    while (times.hasNext() && (times.next().isBefore(tooOld) || seen.size() >= most)) {
      times.remove();
    }
  }
}
