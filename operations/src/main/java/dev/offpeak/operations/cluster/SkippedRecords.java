package dev.offpeak.operations.cluster;

import dev.offpeak.core.text.Visible;
import dev.offpeak.schemas.registry.RegistryUnavailable;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.SerializationException;

/**
 * Records that are not what their topic is for: of another form, foreign bytes, without a value.
 * They end no command; they are counted by topic, and said with the first one's place and reason.
 * Not thread-safe.
 */
public final class SkippedRecords {

  private static final int SHOWN = 160;

  private final Map<String, Some> byTopic = new TreeMap<>();

  private record Some(long count, String first, String reason) {

    Some plusOne() {
      return new Some(count + 1, first, reason);
    }
  }

  /** Counts a record. */
  public void add(ConsumerRecord<byte[], byte[]> record, String reason) {
    byTopic.merge(
        record.topic(),
        new Some(1, record.topic() + "-" + record.partition() + "@" + record.offset(), reason),
        (before, _) -> before.plusOne());
  }

  /**
   * The visitor, told only of records that it can read.
   *
   * @throws KafkaException as the visitor does, unless it is about reading this one record
   */
  public TopicReader.Visitor sparing(TopicReader.Visitor visitor) {
    return record -> {
      if (record.value() == null) {
        add(record, "it has no value");
        return;
      }
      try {
        visitor.visit(record);
      } catch (SerializationException e) {
        failIfRegistryIsAway(e);
        add(record, String.valueOf(e.getMessage()));
      } catch (KafkaException e) {
        throw e;
      } catch (RuntimeException e) {
        // Whatever a decoder does with foreign bytes, it is about this record.
        add(record, e.getClass().getSimpleName() + ": " + e.getMessage());
      }
    };
  }

  private static void failIfRegistryIsAway(SerializationException e) {
    if (e instanceof RegistryUnavailable away) {
      throw away;
    }
  }

  /** How many of each topic. */
  public Map<String, Long> counts() {
    Map<String, Long> counts = new TreeMap<>();
    byTopic.forEach((topic, some) -> counts.put(topic, some.count()));
    return counts;
  }

  /** A sentence for each topic that has some. */
  public List<String> sentences() {
    return byTopic.entrySet().stream()
        .map(
            topic ->
                String.format(
                    Locale.ROOT,
                    "left out %,d record(s) of %s that can't be read, the first at %s: %s",
                    topic.getValue().count(),
                    topic.getKey(),
                    topic.getValue().first(),
                    shown(topic.getValue().reason())))
        .toList();
  }

  /** Says so to a person. */
  public void say(PrintWriter err) {
    sentences().forEach(sentence -> err.println("offpeak: " + sentence));
    err.flush();
  }

  /** Foreign text on one line of bounded length. */
  private static String shown(String text) {
    String line = Visible.of(text.replaceAll("\\s+", " "));
    return line.length() <= SHOWN ? line : line.substring(0, SHOWN) + "…";
  }
}
