package dev.offpeak.ingest.batches;

import dev.offpeak.schemas.avro.GatewayBatch;
import dev.offpeak.schemas.avro.GatewayObject;
import dev.offpeak.schemas.reading.TopicTail;
import dev.offpeak.schemas.topic.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** What became of the lines of a batch so far, from the topics alone. */
public final class LineStates {

  private static final long MOST_LINES = Integer.MAX_VALUE - 8;
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Supplier<TopicTail> tails;
  private final OutcomeTail.Ends ends;
  private final OutcomeTopics outcomes;
  private final String results;
  private final String failures;

  /** What became of a line. */
  public enum State {
    /** Nothing yet. */
    PENDING,

    /** An answer. */
    SUCCEEDED,

    /** None, for a reason that is told. */
    FAILED,

    /** The same was asked for before, and has its outcome there. */
    DUPLICATE
  }

  /**
   * A line.
   *
   * @param number counted from 0
   * @param customId null when nothing tells it but the line itself
   */
  public record Entry(int number, State state, @Nullable String customId) {}

  /**
   * A part of a list.
   *
   * @param hasMore whether there are more lines in that state
   */
  public record Part(List<Entry> entries, boolean hasMore) {}

  /**
   * @param tails makes readers of committed records
   */
  public LineStates(
      Topics topics, Supplier<TopicTail> tails, OutcomeTail.Ends ends, OutcomeTopics outcomes) {
    this.tails = tails;
    this.ends = ends;
    this.outcomes = outcomes;
    this.results = topics.results().name();
    this.failures = topics.failures().name();
  }

  /**
   * Lines of a batch.
   *
   * @param wanted null for those in any state
   * @param after number of the line before the first
   * @param isOver what has no outcome then has failed
   */
  public Part of(GatewayObject object, @Nullable State wanted, int after, int limit, boolean isOver)
      throws InterruptedException {
    GatewayBatch batch = (GatewayBatch) object.getObject();
    @Nullable State[] states = new State[(int) Math.min(MOST_LINES, batch.getLines())];
    read(
        object.getId(),
        batch,
        (key, record) -> {
          if (key.line() < states.length) {
            states[key.line()] = state(record.topic());
          }
        });
    List<Integer> chosen = new ArrayList<>();
    for (int line = after + 1; line < states.length && chosen.size() <= limit; line++) {
      if (wanted == null || wanted == shown(states[line], isOver)) {
        chosen.add(line);
      }
    }
    boolean hasMore = chosen.size() > limit;
    Map<Integer, String> ids =
        ids(object.getId(), batch, hasMore ? chosen.subList(0, limit) : chosen);
    return new Part(
        chosen.stream()
            .limit(limit)
            .map(line -> new Entry(line, shown(states[line], isOver), ids.get(line)))
            .toList(),
        hasMore);
  }

  private static State shown(@Nullable State state, boolean isOver) {
    return state != null ? state : isOver ? State.FAILED : State.PENDING;
  }

  private State state(String topic) {
    return topic.equals(results)
        ? State.SUCCEEDED
        : topic.equals(failures) ? State.FAILED : State.DUPLICATE;
  }

  private Map<Integer, String> ids(String id, GatewayBatch batch, List<Integer> lines)
      throws InterruptedException {
    Map<Integer, String> ids = new HashMap<>();
    if (!lines.isEmpty()) {
      Set<Integer> wanted = Set.copyOf(lines);
      read(
          id,
          batch,
          (key, record) -> {
            if (wanted.contains(key.line())) {
              String customId = OutputLine.customId(outcomes.read(record));
              if (customId != null) {
                ids.put(key.line(), customId);
              }
            }
          });
    }
    return ids;
  }

  private interface Visitor {
    void visit(LineKey key, ConsumerRecord<byte[], byte[]> record);
  }

  private void read(String id, GatewayBatch batch, Visitor visitor) throws InterruptedException {
    try (TopicTail tail = tails.get()) {
      Map<TopicPartition, Long> begin = new HashMap<>();
      for (TopicPartition each : outcomes.partitions(tail)) {
        begin.put(each, batch.getOutcomesFrom().getOrDefault(each.toString(), 0L));
      }
      tail.beginAt(begin);
      tail.readTo(
          ends.of(List.copyOf(begin.keySet())),
          PATIENCE,
          record -> {
            LineKey key = LineKey.of(record);
            if (key != null && key.batch().equals(id) && record.value() != null) {
              visitor.visit(key, record);
            }
          });
    }
  }
}
