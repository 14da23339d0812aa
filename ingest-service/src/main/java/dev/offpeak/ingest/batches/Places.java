package dev.offpeak.ingest.batches;

import dev.offpeak.schemas.reading.TopicTail;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** How far the topics reach in which something is written about a request. Safe for any thread. */
public final class Places {

  private static final Duration FRESH = Duration.ofSeconds(1);

  private final Supplier<TopicTail> tails;
  private final OutcomeTail.Ends ends;
  private final OutcomeTopics topics;
  private @Nullable List<TopicPartition> partitions;
  private Map<String, Long> known = Map.of();
  private Instant at = Instant.MIN;

  /**
   * @param tails makes readers of committed records
   */
  public Places(Supplier<TopicTail> tails, OutcomeTail.Ends ends, OutcomeTopics topics) {
    this.tails = tails;
    this.ends = ends;
    this.topics = topics;
  }

  /** Where they ended within the last moments: what is sent from now on is behind. */
  public synchronized Map<String, Long> recent(Instant now) {
    if (at.plus(FRESH).isBefore(now)) {
      Map<String, Long> named = new HashMap<>();
      ends.of(partitions()).forEach((each, end) -> named.put(each.toString(), end));
      known = Map.copyOf(named);
      at = now;
    }
    return known;
  }

  private List<TopicPartition> partitions() {
    List<TopicPartition> all = partitions;
    if (all == null) {
      try (TopicTail tail = tails.get()) {
        all =
            Stream.concat(topics.partitions(tail).stream(), topics.waysOf(tail).stream()).toList();
      }
      partitions = all;
    }
    return all;
  }
}
