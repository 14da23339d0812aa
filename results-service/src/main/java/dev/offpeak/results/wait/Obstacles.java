package dev.offpeak.results.wait;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** What work waits for, and since when. Safe to use from any thread. */
public final class Obstacles {

  private static final int MOST_DESCRIBED = 10;

  private record Obstacle(String reason, Instant since) {}

  private final Map<String, Obstacle> byWork = new ConcurrentHashMap<>();
  private final Clock clock;

  /** Nothing waits yet. */
  public Obstacles(Clock clock) {
    this.clock = clock;
  }

  /** The work waits for this reason. */
  public void report(String work, String reason) {
    Instant now = clock.instant();
    byWork.merge(work, new Obstacle(reason, now), (was, is) -> new Obstacle(reason, was.since()));
  }

  /** The work goes on. */
  public void clear(String work) {
    byWork.remove(work);
  }

  /** How many pieces of work wait. */
  public int count() {
    return byWork.size();
  }

  /** What has waited for so long or longer, oldest first, for a person; empty when nothing has. */
  public String describe(Duration atLeast) {
    Instant limit = clock.instant().minus(atLeast);
    return byWork.entrySet().stream()
        .filter(entry -> !entry.getValue().since().isAfter(limit))
        .sorted(Map.Entry.comparingByValue((a, b) -> a.since().compareTo(b.since())))
        .limit(MOST_DESCRIBED)
        .map(
            entry ->
                entry.getKey()
                    + " waits since "
                    + entry.getValue().since()
                    + ": "
                    + entry.getValue().reason())
        .collect(Collectors.joining("; "));
  }
}
