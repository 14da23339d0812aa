package dev.offpeak.results.urgent;

import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** What a partition's worker is told by other threads. */
sealed interface UrgentMail {

  /** The partition has more requests. */
  record Taken(List<ConsumerRecord<byte[], byte[]>> records) implements UrgentMail {}

  /** A try at the request at that offset is over. */
  record Tried(long offset, Turn turn) implements UrgentMail {}

  /** The request at that offset has rested. */
  record Rested(long offset) implements UrgentMail {}
}
