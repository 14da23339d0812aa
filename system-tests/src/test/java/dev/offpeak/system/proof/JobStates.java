package dev.offpeak.system.proof;

import dev.offpeak.schemas.avro.JobRecord;
import dev.offpeak.schemas.avro.JobStateName;
import dev.offpeak.schemas.serde.SerdeFactory;
import dev.offpeak.schemas.topic.Topics;
import dev.offpeak.system.world.Addresses;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;

/** Where each job stands, by what is committed in llm.jobs. */
public final class JobStates implements AutoCloseable {

  private static final Duration POLL = Duration.ofMillis(100);

  private final KafkaConsumer<byte[], byte[]> consumer;
  private final SerdeFactory serdes;
  private final Deserializer<JobRecord> records;
  private final Map<String, JobStateName> states = new HashMap<>();

  /** From the beginning of the topic, which must exist. */
  public JobStates(Addresses addresses) {
    consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", addresses.kafka(), "isolation.level", "read_committed"),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
    serdes = SerdeFactory.of(Map.of("schema.registry.url", addresses.registry()));
    records = serdes.deserializer(JobRecord.class);
    List<TopicPartition> all =
        consumer.partitionsFor(Topics.withPrefix("").jobs().name()).stream()
            .map(info -> new TopicPartition(info.topic(), info.partition()))
            .toList();
    consumer.assign(all);
    consumer.seekToBeginning(all);
  }

  /** Reads on; answers with the state of each batch. */
  public Map<String, JobStateName> read() {
    for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
      JobRecord job = records.deserialize(record.topic(), record.value());
      states.put(job.getBatchId(), job.getState());
    }
    return Map.copyOf(states);
  }

  @Override
  public void close() {
    consumer.close();
    serdes.close();
  }
}
