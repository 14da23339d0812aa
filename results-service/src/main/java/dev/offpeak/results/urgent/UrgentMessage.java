package dev.offpeak.results.urgent;

import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** What a partition's worker is told by other threads. */
sealed interface UrgentMessage {

  /** The partition has more requests. */
  record Taken(List<ConsumerRecord<byte[], byte[]>> records) implements UrgentMessage {}

  /** A try at the request at that offset is over. */
  record Tried(long offset, CallResult turn) implements UrgentMessage {}

  /** The request at that offset has rested. */
  record Rested(long offset) implements UrgentMessage {}
}
