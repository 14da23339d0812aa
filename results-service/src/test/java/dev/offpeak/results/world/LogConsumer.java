package dev.offpeak.results.world;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.TopicPartition;

/** Kafka's own consumer without a cluster, over partitions that a test has filled. */
public final class LogConsumer extends MockConsumer<byte[], byte[]> {

  private final Log log;

  /** Records by partition, shared by consumers. */
  public static final class Log {

    private final Map<TopicPartition, List<ConsumerRecord<byte[], byte[]>>> records =
        new HashMap<>();

    /** Adds a record at the end of its partition. */
    public void add(ConsumerRecord<byte[], byte[]> record) {
      records
          .computeIfAbsent(
              new TopicPartition(record.topic(), record.partition()), _ -> new ArrayList<>())
          .add(record);
    }

    /** Another record in the place of one. */
    public void replace(ConsumerRecord<byte[], byte[]> record) {
      records
          .get(new TopicPartition(record.topic(), record.partition()))
          .replaceAll(old -> old.offset() == record.offset() ? record : old);
    }

    /** Forgets the record at that offset, as retention or a marker of Kafka's would. */
    public void remove(TopicPartition partition, long offset) {
      records.get(partition).removeIf(record -> record.offset() == offset);
    }

    private List<ConsumerRecord<byte[], byte[]>> of(TopicPartition partition) {
      return records.getOrDefault(partition, List.of());
    }
  }

  /** A consumer that begins at the earliest record. */
  public LogConsumer(Log log) {
    super("earliest");
    this.log = log;
  }

  @Override
  public synchronized void assign(Collection<TopicPartition> partitions) {
    super.assign(partitions);
    for (TopicPartition partition : partitions) {
      List<ConsumerRecord<byte[], byte[]>> records = log.of(partition);
      updateBeginningOffsets(
          Map.of(partition, records.isEmpty() ? 0L : records.getFirst().offset()));
      updateEndOffsets(Map.of(partition, records.isEmpty() ? 0L : records.getLast().offset() + 1));
      records.forEach(this::addRecord);
    }
  }

  /** Where the offset is no more it begins at the earliest, as {@code auto.offset.reset} says. */
  @Override
  public synchronized void seek(TopicPartition partition, long offset) {
    List<ConsumerRecord<byte[], byte[]>> records = log.of(partition);
    super.seek(partition, records.isEmpty() ? 0 : Math.max(offset, records.getFirst().offset()));
  }
}
