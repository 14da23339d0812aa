package dev.offpeak.results.completions.job;

import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * A record that can't be processed for a reason within it, so that nobody knows its requests.
 *
 * @param problem for a person
 */
public record BadCompletion(ConsumerRecord<byte[], byte[]> record, String problem)
    implements DecodedCompletion {

  @Override
  public long offset() {
    return record.offset();
  }

  @Override
  public void close() {}
}
