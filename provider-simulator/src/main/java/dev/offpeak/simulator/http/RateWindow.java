package dev.offpeak.simulator.http;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/** Allows each owner a number of calls in a sliding window of time. */
public final class RateWindow {
  private final int limit;
  private final long windowMillis;
  private final Map<String, Deque<Long>> calls = new HashMap<>();

  /**
   * @param limit calls allowed in the window; 0 for any number
   * @param windowMillis length of the window in simulated milliseconds
   */
  public RateWindow(int limit, long windowMillis) {
    this.limit = limit;
    this.windowMillis = windowMillis;
  }

  /**
   * Counts a call when it is allowed.
   *
   * @return 0 when it is, else the milliseconds until the next one will be
   */
  public synchronized long take(String owner, long now) {
    if (limit == 0) {
      return 0;
    }
    Deque<Long> recent = calls.computeIfAbsent(owner, o -> new ArrayDeque<>());
    while (!recent.isEmpty() && recent.element() <= now - windowMillis) {
      recent.remove();
    }
    if (recent.size() >= limit) {
      return recent.element() + windowMillis - now;
    }
    recent.add(now);
    return 0;
  }
}
