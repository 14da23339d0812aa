package dev.offpeak.operations.replay;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * A request as its producer wrote it.
 *
 * @param key of the record, null when it had none
 * @param value of the record, byte for byte
 * @param headers of the record
 * @param place where it was found
 */
record OriginalRequest(byte @Nullable [] key, byte[] value, Headers headers, String place) {

  /** Where a record stands. */
  static String place(ConsumerRecord<byte[], byte[]> record) {
    return record.topic() + "-" + record.partition() + "@" + record.offset();
  }
}
