package dev.offpeak.operations.audit;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** How far admission has come in llm.requests, and the oldest request that it has not read. */
final class AdmissionProgress {

  private final Map<Integer, Long> before = new HashMap<>();
  private @Nullable Instant oldestWaiting;

  /** Takes what the batcher has committed for that topic. */
  void take(Map<TopicPartition, OffsetAndMetadata> committed, String requests) {
    committed.forEach(
        (partition, at) -> {
          if (partition.topic().equals(requests)) {
            before.put(partition.partition(), at.offset());
          }
        });
  }

  /** A request of the range. */
  void see(ConsumerRecord<byte[], byte[]> record) {
    if (record.offset() < before(record.partition())) {
      return;
    }
    Instant written = Instant.ofEpochMilli(record.timestamp());
    if (oldestWaiting == null || written.isBefore(oldestWaiting)) {
      oldestWaiting = written;
    }
  }

  /** Offset up to which admission has read that partition, exclusive. */
  long before(int partition) {
    return before.getOrDefault(partition, 0L);
  }

  /** When the oldest request before admission was written. */
  @Nullable Instant oldestWaiting() {
    return oldestWaiting;
  }
}
