package dev.offpeak.operations.cluster;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/**
 * A part of a topic: from an offset (inclusive) to another (exclusive) in each partition.
 *
 * @param from by partition
 * @param to by partition, the same partitions
 */
public record TopicSlice(Map<TopicPartition, Long> from, Map<TopicPartition, Long> to) {

  public TopicSlice {
    from = Map.copyOf(from);
    to = Map.copyOf(to);
  }

  /**
   * What both have in common.
   *
   * @param bounds by partition: first offset and one past the last; others are left out
   */
  public TopicSlice within(Map<TopicPartition, long[]> bounds) {
    Map<TopicPartition, Long> first = new HashMap<>();
    Map<TopicPartition, Long> end = new HashMap<>();
    bounds.forEach(
        (partition, wished) -> {
          Long begin = from.get(partition);
          Long stop = to.get(partition);
          if (begin == null || stop == null) {
            throw new IllegalArgumentException("there is no partition " + partition);
          }
          first.put(partition, Math.max(begin, wished[0]));
          end.put(partition, Math.min(stop, wished[1]));
        });
    return new TopicSlice(first, end);
  }
}
