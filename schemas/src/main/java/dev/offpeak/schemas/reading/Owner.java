package dev.offpeak.schemas.reading;

import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Works on one partition from its assignment to its loss, on threads of its own. */
public interface Owner {

  /** Begins. */
  void start();

  /**
   * Whether nothing may be brought before {@link Ownership#goOnFrom}: where it goes on is not what
   * the group has committed.
   */
  boolean saysWhereToBegin();

  /** Takes more records, all behind those before. To be called by the loop's thread. */
  void take(List<ConsumerRecord<byte[], byte[]>> records);

  /** Whether more should be brought now. Safe from any thread. */
  boolean wantsMore();

  /** The offset that the loop may commit, exclusive; none when that is not the loop's to do. */
  OptionalLong done();

  /**
   * Gives the partition up, and returns when nothing works on it any more.
   *
   * @param patience for what can't be broken off at once
   */
  void stop(Duration patience);
}
