package dev.offpeak.submitter.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.offpeak.core.job.JobState.Ended;
import dev.offpeak.schemas.avro.JobRecord;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.Deserializer;

/** Reads all of llm.jobs for the batches whose jobs have not ended. */
final class LiveJobs {

  private static final Duration POLL = Duration.ofMillis(200);

  private final Consumer<byte[], byte[]> consumer;
  private final Deserializer<JobRecord> values;
  private final String topic;

  /** Reads with a consumer of no group that sees committed records. */
  LiveJobs(Consumer<byte[], byte[]> consumer, Deserializer<JobRecord> values, String topic) {
    this.consumer = consumer;
    this.values = values;
    this.topic = topic;
  }

  Set<String> read() throws InterruptedException {
    List<TopicPartition> partitions =
        consumer.partitionsFor(topic).stream()
            .map(info -> new TopicPartition(topic, info.partition()))
            .toList();
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
    Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
    Set<String> live = new HashSet<>();
    while (ends.entrySet().stream().anyMatch(end -> isBefore(end.getKey(), end.getValue()))) {
      if (Thread.interrupted()) {
        throw new InterruptedException("told to stop while reading " + topic);
      }
      consumer.poll(POLL).forEach(record -> take(record, live));
    }
    return live;
  }

  private boolean isBefore(TopicPartition partition, long end) {
    return consumer.position(partition) < end;
  }

  private void take(ConsumerRecord<byte[], byte[]> record, Set<String> live) {
    String batchId = new String(record.key(), UTF_8);
    if (record.value() == null || isOver(record)) {
      live.remove(batchId);
    } else {
      live.add(batchId);
    }
  }

  private boolean isOver(ConsumerRecord<byte[], byte[]> record) {
    JobRecord value = values.deserialize(topic, record.value());
    return JobRecords.read(record.partition(), value).state() instanceof Ended;
  }
}
