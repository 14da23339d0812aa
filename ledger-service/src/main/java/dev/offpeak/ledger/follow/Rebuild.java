package dev.offpeak.ledger.follow;

import dev.offpeak.ledger.book.Book;
import dev.offpeak.ledger.book.Slice;
import dev.offpeak.operations.cluster.Cluster;
import dev.offpeak.operations.cluster.TopicReader;
import dev.offpeak.operations.cluster.TopicSlice;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** Reads what a topic holds now into an empty book, and ends. */
public final class Rebuild {

  private static final int SLICE = 2000;

  private final Book book;
  private final Map<TopicPartition, List<ConsumerRecord<byte[], byte[]>>> open = new HashMap<>();
  private final Map<TopicPartition, Long> places = new HashMap<>();

  private Rebuild(Book book) {
    this.book = book;
  }

  /** Reads that part of the topic. */
  public static void of(Book book, Cluster cluster, TopicSlice part) {
    Rebuild rebuild = new Rebuild(book);
    part.from()
        .forEach(
            (partition, from) -> {
              book.place(partition, from);
              rebuild.places.put(partition, from);
            });
    new TopicReader(cluster).read(part, rebuild::add);
    List.copyOf(rebuild.open.keySet()).forEach(rebuild::flush);
  }

  private void add(ConsumerRecord<byte[], byte[]> record) {
    TopicPartition partition = new TopicPartition(record.topic(), record.partition());
    List<ConsumerRecord<byte[], byte[]>> some =
        open.computeIfAbsent(partition, _ -> new ArrayList<>());
    some.add(record);
    if (some.size() == SLICE) {
      flush(partition);
    }
  }

  private void flush(TopicPartition partition) {
    List<ConsumerRecord<byte[], byte[]>> some = open.remove(partition);
    if (some != null) {
      long to = some.getLast().offset() + 1;
      book.take(new Slice(partition, places.getOrDefault(partition, 0L), to, some));
      places.put(partition, to);
    }
  }
}
