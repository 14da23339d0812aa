package dev.offpeak.ledger.book;

import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * Records of one partition that follow each other.
 *
 * @param partition theirs
 * @param from where the database must stand
 * @param to where it stands afterwards; behind the last record, or further when what follows is no
 *     record
 * @param records in their order
 */
public record Slice(
    TopicPartition partition, long from, long to, List<ConsumerRecord<byte[], byte[]>> records) {

  public Slice {
    records = List.copyOf(records);
    if (to < from) {
      throw new IllegalArgumentException("a slice of " + partition + " from " + from + " to " + to);
    }
  }

  /** The same, one record each; the last one goes as far as this does. */
  List<Slice> single() {
    List<Slice> singles = new ArrayList<>();
    long begin = from;
    for (int i = 0; i < records.size(); i++) {
      long end = i == records.size() - 1 ? to : records.get(i).offset() + 1;
      singles.add(new Slice(partition, begin, end, List.of(records.get(i))));
      begin = end;
    }
    return singles;
  }
}
