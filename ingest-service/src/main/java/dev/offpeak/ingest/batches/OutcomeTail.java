package dev.offpeak.ingest.batches;

import dev.offpeak.schemas.avro.GatewayBatch;
import dev.offpeak.schemas.reading.TopicTail;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** Follows the outcomes of all open batches at once. For one thread, but for {@link #ends}. */
final class OutcomeTail implements AutoCloseable {

  private final TopicTail tail;
  private final OutcomeTopics topics;
  private final Ends ends;
  private final List<TopicPartition> partitions;
  private final List<TopicPartition> known;
  private final Map<String, OutcomeCount> counts = new HashMap<>();

  /** Says how far partitions reach. */
  @FunctionalInterface
  public interface Ends {
    Map<TopicPartition, Long> of(List<TopicPartition> partitions);
  }

  /**
   * Begins where the first outcome of these can be.
   *
   * @param tail of committed records, closed with this
   * @param open by id
   */
  OutcomeTail(TopicTail tail, OutcomeTopics topics, Ends ends, Map<String, GatewayBatch> open) {
    this.tail = tail;
    this.topics = topics;
    this.ends = ends;
    this.partitions = topics.partitions(tail);
    this.known = Stream.concat(partitions.stream(), topics.waysOf(tail).stream()).toList();
    Map<TopicPartition, Long> begin = new HashMap<>();
    ends.of(partitions)
        .forEach(
            (partition, end) ->
                begin.put(
                    partition,
                    open.values().stream()
                        .map(batch -> batch.getOutcomesFrom().get(partition.toString()))
                        .filter(Objects::nonNull)
                        .reduce(end, Math::min)));
    tail.beginAt(begin);
    open.forEach((id, batch) -> counts.put(id, new OutcomeCount(id, batch.getLines())));
  }

  /**
   * How far outcomes, and what leads to them, reach now: a batch that nothing of was sent yet has
   * its own from there on. Safe from any thread.
   */
  Map<String, Long> ends() {
    Map<String, Long> named = new HashMap<>();
    ends.of(known).forEach((partition, end) -> named.put(partition.toString(), end));
    return named;
  }

  /** The outcomes of that batch, counted from where they begin if they were not before. */
  OutcomeCount follow(String id, GatewayBatch batch) {
    OutcomeCount count = counts.get(id);
    if (count == null) {
      count = new OutcomeCount(id, batch.getLines());
      begin(batch);
      counts.put(id, count);
    }
    return count;
  }

  /**
   * While nothing was followed nothing was read, so that all of that time is passed over; and a
   * batch may have begun before what is read next.
   */
  private void begin(GatewayBatch batch) {
    boolean isIdle = counts.isEmpty();
    Map<TopicPartition, Long> begin = new HashMap<>();
    for (TopicPartition each : partitions) {
      Long from = batch.getOutcomesFrom().get(each.toString());
      long at = tail.position(each);
      begin.put(each, from == null ? at : isIdle ? from : Math.min(at, from));
    }
    tail.beginAt(begin);
  }

  /** Whether any batch is followed. */
  boolean isIdle() {
    return counts.isEmpty();
  }

  /** That batch is over. */
  void leave(String batch) {
    counts.remove(batch);
  }

  /** Reads what has come. */
  void read(Duration patience) {
    tail.poll(patience, this::take);
  }

  private void take(ConsumerRecord<byte[], byte[]> record) {
    LineKey key = LineKey.of(record);
    OutcomeCount count = key == null ? null : counts.get(key.batch());
    if (key != null && count != null && record.value() != null) {
      count.add(key.line(), topics.read(record));
    }
  }

  @Override
  public void close() {
    tail.close();
  }
}
