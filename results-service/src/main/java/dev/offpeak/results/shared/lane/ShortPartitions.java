package dev.offpeak.results.shared.lane;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.common.TopicPartition;

/**
 * Since when partitions end before a place that somebody names. A leader that is behind catches up;
 * what nobody has ever written, or the cluster has lost, is waited for no longer than that. Safe
 * for threads.
 */
public final class ShortPartitions {

  private final Duration patience;
  private final Clock clock;
  private final Map<TopicPartition, Gap> gaps = new ConcurrentHashMap<>();

  /** The lowest offset that was asked for and not there, and since when. */
  private record Gap(long offset, Instant since) {}

  /**
   * Nothing is missing yet.
   *
   * @param patience how long an end is waited for
   */
  public ShortPartitions(Duration patience, Clock clock) {
    this.patience = patience;
    this.clock = clock;
  }

  /** Whether it is believed by now that there is no such place. */
  boolean isBelieved(TopicPartition partition, long offset, long end) {
    Instant now = clock.instant();
    Gap gap =
        Objects.requireNonNull(
            gaps.compute(
                partition,
                (_, was) ->
                    was == null || was.offset() < end || was.offset() > offset
                        ? new Gap(offset, now)
                        : was));
    return !now.isBefore(gap.since().plus(patience));
  }

  Clock clock() {
    return clock;
  }
}
