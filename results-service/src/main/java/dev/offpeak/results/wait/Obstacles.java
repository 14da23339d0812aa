package dev.offpeak.results.wait;

import dev.offpeak.runtime.health.Waiting;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What work waits for, and since when. Safe to use from any thread. */
public final class Obstacles {

  private static final int MOST_DESCRIBED = 10;

  private final Map<String, Waiting> byWork = new ConcurrentHashMap<>();
  private final Clock clock;

  /** Nothing waits yet. */
  public Obstacles(Clock clock) {
    this.clock = clock;
  }

  /**
   * The work waits for this reason.
   *
   * @param atMost after how long it is given up at the latest, or null when it is not
   */
  public void report(String work, String reason, @Nullable Duration atMost) {
    Instant now = clock.instant();
    Instant until = atMost == null ? null : now.plus(atMost);
    byWork.merge(
        work,
        new Waiting(work, reason, now, until),
        (was, is) -> new Waiting(work, reason, was.since(), until));
  }

  /** The work goes on. */
  public void clear(String work) {
    byWork.remove(work);
  }

  /** How many pieces of work wait. */
  public int count() {
    return byWork.size();
  }

  /** What waits. */
  public List<Waiting> all() {
    return List.copyOf(byWork.values());
  }

  /** What has waited for so long or longer, oldest first, for a person; empty when nothing has. */
  public String describe(Duration atLeast) {
    Instant limit = clock.instant().minus(atLeast);
    return byWork.values().stream()
        .filter(waiting -> !waiting.since().isAfter(limit))
        .sorted(Comparator.comparing(Waiting::since))
        .limit(MOST_DESCRIBED)
        .map(Waiting::words)
        .collect(Collectors.joining("; "));
  }
}
