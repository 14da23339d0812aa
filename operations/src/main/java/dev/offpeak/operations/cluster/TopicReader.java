package dev.offpeak.operations.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.offpeak.schemas.reading.TopicTail;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/** Reads slices of topics, each partition in order. */
public final class TopicReader {

  /** Longer than a killed service's transaction may stay open. */
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  private final Cluster cluster;
  private final Duration patience;

  /** Reads from that cluster with the patience that open transactions ask for. */
  public TopicReader(Cluster cluster) {
    this(cluster, PATIENCE);
  }

  /**
   * Reads from that cluster.
   *
   * @param patience how long a topic may bring nothing before it is given up; longer than the
   *     transaction timeout, since a killed service's open transaction hides what stands behind it
   *     for that long
   */
  public TopicReader(Cluster cluster, Duration patience) {
    this.cluster = cluster;
    this.patience = patience;
  }

  /** Told of each record. */
  @FunctionalInterface
  public interface Visitor {

    /** The next record. */
    void visit(ConsumerRecord<byte[], byte[]> record);
  }

  /**
   * The records of a topic that are in it now, with a timestamp in that range.
   *
   * @param from inclusive; null from the beginning
   * @param to exclusive; null to the end
   */
  public TopicSlice slice(String topic, @Nullable Instant from, @Nullable Instant to)
      throws InterruptedException {
    List<TopicPartition> partitions = partitions(topic);
    // Not the end of what is committed: what stands behind an open transaction belongs to now, too.
    Map<TopicPartition, Long> ends = offsets(partitions, OffsetSpec.latest());
    Map<TopicPartition, Long> begin =
        from == null ? offsets(partitions, OffsetSpec.earliest()) : atTime(partitions, from, ends);
    return new TopicSlice(begin, to == null ? ends : atTime(partitions, to, ends));
  }

  /**
   * Reads a slice.
   *
   * @throws KafkaException when the topic brings nothing for longer than our patience
   */
  public void read(TopicSlice slice, Visitor visitor) {
    try (TopicTail tail = new TopicTail(cluster.consumer())) {
      tail.beginAt(slice.from());
      tail.readTo(
          slice.to(),
          patience,
          record -> {
            if (record.offset() < end(slice, record)) {
              visitor.visit(record);
            }
          });
    } catch (InterruptedException e) {
      throw new InterruptException(e);
    }
  }

  /**
   * A compacted topic as it stands: the last value of each key that was not deleted, in the order
   * of the keys.
   *
   * @param wanted only these values are kept in memory
   * @param leftOut told of records that are none of the topic's
   */
  public <T> Map<String, T> latest(
      String topic, Deserializer<T> values, Predicate<T> wanted, SkippedRecords leftOut)
      throws InterruptedException {
    Map<String, T> latest = new TreeMap<>();
    Visitor keep =
        leftOut.sparing(
            record -> {
              T value = values.deserialize(topic, record.value());
              String key = new String(record.key(), UTF_8);
              if (wanted.test(value)) {
                latest.put(key, value);
              } else {
                latest.remove(key);
              }
            });
    read(
        slice(topic, null, null),
        record -> {
          if (record.key() == null) {
            leftOut.add(record, "it has no key");
          } else if (record.value() == null) {
            latest.remove(new String(record.key(), UTF_8));
          } else {
            keep.visit(record);
          }
        });
    return latest;
  }

  private static long end(TopicSlice slice, ConsumerRecord<byte[], byte[]> record) {
    return slice.to().getOrDefault(new TopicPartition(record.topic(), record.partition()), 0L);
  }

  private List<TopicPartition> partitions(String topic) throws InterruptedException {
    return cluster.describe(topic).partitions().stream()
        .map(info -> new TopicPartition(topic, info.partition()))
        .toList();
  }

  /** Offset of the first record of that time or later, which is the end when there is none. */
  private Map<TopicPartition, Long> atTime(
      List<TopicPartition> partitions, Instant time, Map<TopicPartition, Long> ends)
      throws InterruptedException {
    Map<TopicPartition, Long> found =
        new HashMap<>(offsets(partitions, OffsetSpec.forTimestamp(time.toEpochMilli())));
    found.replaceAll((partition, offset) -> offset < 0 ? ends.getOrDefault(partition, 0L) : offset);
    return found;
  }

  private Map<TopicPartition, Long> offsets(List<TopicPartition> partitions, OffsetSpec spec)
      throws InterruptedException {
    var asked = partitions.stream().collect(Collectors.toMap(Function.identity(), _ -> spec));
    try {
      Map<TopicPartition, ListOffsetsResultInfo> found =
          cluster
              .admin()
              .listOffsets(asked, new ListOffsetsOptions(IsolationLevel.READ_UNCOMMITTED))
              .all()
              .get();
      return found.entrySet().stream()
          .collect(Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue().offset()));
    } catch (ExecutionException e) {
      throw new KafkaException("can't list offsets of " + partitions + ": " + e.getMessage(), e);
    }
  }
}
