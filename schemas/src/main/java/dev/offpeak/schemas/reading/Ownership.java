package dev.offpeak.schemas.reading;

import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;

/** What an owner may tell and ask the loop that gave it its partition. Safe from any thread. */
public interface Ownership {

  /** Records are to come from that offset on. */
  void goOnFrom(long offset);

  /**
   * This owner is of no use any more: another one may have the partition, of which the group has
   * not told us yet. If it has not, a new owner begins after a while.
   */
  void lost();

  /** The latest membership of this consumer, which fences what is written for it. */
  ConsumerGroupMetadata membership();
}
