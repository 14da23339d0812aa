package dev.offpeak.ingest.batches;

import dev.offpeak.schemas.avro.GatewayBatch;
import dev.offpeak.schemas.reading.TopicTail;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** Follows the outcomes of all open batches at once. For one thread. */
final class OutcomeTail implements AutoCloseable {

  private final TopicTail tail;
  private final OutcomeTopics topics;
  private final Ends ends;
  private final Map<String, OutcomeCount> counts = new HashMap<>();

  /** Says how far partitions reach. */
  @FunctionalInterface
  interface Ends {
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
    Map<TopicPartition, Long> begin = new HashMap<>();
    ends.of(topics.partitions(tail))
        .forEach(
            (partition, end) ->
                begin.put(
                    partition,
                    open.values().stream()
                        .map(batch -> batch.getOutcomesFrom().get(partition.toString()))
                        .filter(Objects::nonNull)
                        .reduce(end, Math::min)));
    tail.beginAt(begin);
    open.keySet().forEach(this::follow);
  }

  /** How far outcomes reach now: a batch that nothing of was sent yet has its own from there on. */
  Map<String, Long> ends() {
    Map<String, Long> named = new HashMap<>();
    ends.of(topics.partitions(tail))
        .forEach((partition, end) -> named.put(partition.toString(), end));
    return named;
  }

  /** The outcomes of that batch, counted from now on if they were not before. */
  OutcomeCount follow(String batch) {
    return counts.computeIfAbsent(batch, _ -> new OutcomeCount());
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
    LineKey key = LineKey.of(record.key());
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
