package dev.offpeak.ledger.book;

import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * What the records of one topic become.
 *
 * @param <R> a record, read
 */
interface Shelf<R> {

  /** Full name of the topic. */
  String topic();

  /**
   * Reads a record that has a value.
   *
   * @return null when it is not kept
   * @throws RuntimeException when it is none of the topic's, or the registry is away
   */
  @Nullable R read(ConsumerRecord<byte[], byte[]> record);

  /** Writes them, in the transaction of the handle. */
  void write(Handle handle, Slice slice, List<R> rows);
}
