package dev.offpeak.runtime.health;

import dev.offpeak.core.wait.Retries;
import dev.offpeak.core.wait.RetryLater;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What work waits for, and since when; each wait is logged. Safe to use from any thread. */
public final class WaitingWork implements Retries.Listener {

  private static final Logger LOGGER = LoggerFactory.getLogger(WaitingWork.class);
  private static final int MOST_DESCRIBED = 10;

  private final Map<String, Waiting> byWork = new ConcurrentHashMap<>();
  private final Clock clock;

  /** Nothing waits yet. */
  public WaitingWork(Clock clock) {
    this.clock = clock;
  }

  @Override
  public void waits(String work, RetryLater why, int tries, Duration wait) {
    report(work, why.reason(), why.atMost());
    LOGGER
        .atWarn()
        .setCause(why.getCause())
        .addKeyValue("work", work)
        .addKeyValue("reason", why.reason())
        .addKeyValue("tries", tries)
        .addKeyValue("wait", wait)
        .log("waiting");
  }

  @Override
  public void goesOn(String work) {
    byWork.remove(work);
  }

  /**
   * The work waits for this reason.
   *
   * @param atMost after how long it is given up at the latest, or null when it is not
   */
  void report(String work, String reason, @Nullable Duration atMost) {
    Instant now = clock.instant();
    Instant until = atMost == null ? null : now.plus(atMost);
    byWork.merge(
        work,
        new Waiting(work, reason, now, until),
        (was, is) -> new Waiting(work, reason, was.since(), until));
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
